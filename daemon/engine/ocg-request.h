/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* One completion under way: what was asked, what has come, who is told, and exactly one ending. */

#pragma once

#include "../catalog/ocg-catalog.h"
#include "../credentials/ocg-credentials.h"
#include "ocg-answer-note.h"
#include "ocg-chat.h"
#include "ocg-completion.h"
#include "ocg-dry-run.h"
#include "ocg-failure.h"

typedef struct _OcgRequest OcgRequest;

/* Where the answer goes. The sink lives until free(); nothing is called after it. */
typedef struct
{
  void (*start) (gpointer sink, OcgRequest *request);
  void (*event) (gpointer sink, const OcgEvent *event);
  void (*fallback) (gpointer sink, const char *from, const char *to, OcgFailure *failure);
  /* Exactly one of these two, last. */
  void (*finished) (gpointer sink, OcgRequest *request);
  void (*failed) (gpointer sink, OcgRequest *request, OcgFailure *failure);
  /* (nullable) Whether the provider should be left unread for now; see ocg_request_resume(). */
  gboolean (*is_full) (gpointer sink);
  void (*free) (gpointer sink);
} OcgSink;

/* What the caller of a completion may choose beside the conversation. */
typedef struct
{
  gboolean fallback;
  guint timeout_ms;      /* for everything; 0: no limit */
  guint idle_timeout_ms; /* the longest silence of the provider; 0: the defaults */
  char *profile;         /* (nullable) */
  gboolean dry_run;      /* show the request instead of sending it */
  gboolean image_model;  /* agents.defaults.imageModel stands in for the default model */
} OcgRequestOptions;

/* One attempt that failed: of a candidate with one of its profiles. */
typedef struct
{
  OcgFailure *failure; /* its model and profile are set */
  guint64 ms;
} OcgAttemptRecord;

typedef void (*OcgRequestFunc) (OcgRequest *request, gpointer user_data);

typedef struct
{
  OcgRequestFunc func;
  gpointer user_data;
} OcgRequestWatch;

struct _OcgRequest
{
  int ref_count;

  char *id;
  OcgCatalog *catalog; /* as it was when the request began */
  OcgModel *requested;
  OcgModel *model;     /* the candidate whose turn it is */
  char *profile;       /* (nullable) its credential */
  OcgChat *asked;      /* as the caller gave it */
  OcgChat *chat;       /* the same as the candidate gets it */
  OcgRequestOptions options;
  OcgCompletion *completion;
  OcgDryRun *dry_run;  /* (nullable) what a dry run would have sent */
  GPtrArray *attempts; /* of OcgAttemptRecord */
  gint64 started;      /* monotonic, microseconds */
  gint64 first_content; /* 0: none yet */
  gint64 attempt_started; /* 0: none is under way */
  gboolean ended;
  OcgFailure *failure;  /* (nullable) how it ended */

  /* Set by the router, which runs the request. */
  void (*resume) (gpointer runner);
  void (*runner_ended) (OcgRequest *request, gpointer runner);
  gpointer runner;
  GArray *ended_watches; /* of OcgRequestWatch */

  OcgAnswerNoteFunc note_answer; /* (nullable) set by the engine */
  gpointer note_data;

  const OcgSink *sink_class;
  gpointer sink;
  guint timer;
};

/* @options is copied. The sink belongs to the request. */
OcgRequest *ocg_request_new (const char *id, OcgCatalog *catalog, OcgModel *model, OcgChat *chat,
                             const OcgRequestOptions *options, const OcgSink *sink_class,
                             gpointer sink);
OcgRequest *ocg_request_ref (OcgRequest *self);
void ocg_request_unref (OcgRequest *self);

/* Calls @func once when the request has ended, after the sink was told. */
void ocg_request_on_ended (OcgRequest *self, OcgRequestFunc func, gpointer user_data);

/* Tells the sink, starts the clock. */
void ocg_request_start (OcgRequest *self);
/* It is the turn of @model: nothing of the one before is left. */
void ocg_request_set_candidate (OcgRequest *self, OcgModel *model);
/* The profile that the caller has chosen, where it is one of the candidate's provider: one chosen
 * by hand belongs to one provider, and a fallback to another has its own. (nullable) */
const char *ocg_request_get_chosen_profile (OcgRequest *self);
void ocg_request_take_event (OcgRequest *self, const OcgEvent *event);
void ocg_request_record_attempt (OcgRequest *self, OcgFailure *failure, guint64 ms);
gboolean ocg_request_is_full (OcgRequest *self);
/* The sink has room again. */
void ocg_request_resume (OcgRequest *self);

/* The endings; only the first counts. Whatever still runs is cancelled. */
void ocg_request_finish (OcgRequest *self);
void ocg_request_fail (OcgRequest *self, OcgFailure *failure);
void ocg_request_cancel (OcgRequest *self);
/* The same, because the gateway stops. */
void ocg_request_shut_down (OcgRequest *self);

/* USD; FALSE when it is not known. */
gboolean ocg_request_get_cost (OcgRequest *self, double *cost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgRequest, ocg_request_unref)
