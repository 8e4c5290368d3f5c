/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* How one request is going to be answered. A scenario changes fields of a friendly plan; the plan
 * then becomes the script that the connection plays. */

#pragma once

#include "api.h"
#include "request.h"
#include "script.h"

typedef enum
{
  FAIL_NOT,
  FAIL_STALL, /* silent, the connection stays open */
  FAIL_EOF,   /* the body ends in good order, but too early */
  FAIL_CUT,   /* FIN without the end of the body */
  FAIL_RESET, /* RST */
} FailHow;

typedef enum
{
  AT_START,   /* before a single byte */
  AT_HEADERS, /* after the headers */
  AT_BEFORE,  /* before the first content */
  AT_AFTER,   /* after the second content event */
  AT_EVENT,   /* in the middle of the third content event */
  AT_CONTENT, /* all content is there, the stop reason is not */
  AT_END,     /* only the terminal event is missing */
  AT_DONE,    /* only the end of the HTTP body is missing */
} FailWhere;

typedef enum
{
  FRAMING_CHUNKED,
  FRAMING_LENGTH, /* Content-Length */
  FRAMING_CLOSE,  /* HTTP/1.0: the end of the connection is the end of the body */
} Framing;

typedef enum
{
  SPLIT_EVENTS,  /* one chunk for each event */
  SPLIT_BYTES,   /* one chunk for each byte */
  SPLIT_DRIBBLE, /* one byte each millisecond */
} Split;

typedef struct
{
  const Api *api;
  Request *request;
  Chat *chat;
  Flavour flavour;
  gboolean plain;       /* answers with one JSON text though a stream was asked for */
  const char *key;      /* (nullable) what the client authenticated with */
  guint number;         /* of the scenario's name, 0 when it has none */
  guint nth;            /* which request on its connection this is */
  guint port;           /* of this server */
  const char *fixtures; /* (nullable) the folder of /file */
  const char *rest;     /* of the path, behind the scenario */

  Answer *answer;

  /* A whole response instead of the answer, when status is not 0. */
  guint status;
  const char *content_type;
  GString *headers; /* more of them, each with \r\n; used by answers too */
  GString *body;

  const char *line_end;
  Framing framing;
  Split split;
  gboolean gzip;
  gboolean event_lines;  /* write "event:" */
  const char *colon;     /* ": " or ":" */
  guint header_delay;    /* ms */
  guint event_delay;     /* ms, between the headers and the first event */
  guint pace;            /* ms, between content events */
  GString *first;        /* raw text at the very start of the body */
  GString *before;       /* raw text before the first content */
  GString *after;        /* raw text after the second content event */
  GString *before_end;   /* raw text before the stop reason */
  guint flood;           /* this many more deltas at full speed */
  StepFill repeat;       /* after "before": text made again and again, every event_delay ms */
  gpointer repeat_state; /* (owned) */
  FailHow fail;
  FailWhere where;
  StepType end; /* STEP_KEEP or STEP_CLOSE */
} Plan;

Plan *plan_new (const Api *api, Request *request, Chat *chat);
void plan_free (Plan *self);

/* A complete response that has nothing to do with the answer. */
void plan_respond (Plan *self, guint status, const char *content_type, const char *body);

Script *plan_to_script (Plan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Plan, plan_free)
