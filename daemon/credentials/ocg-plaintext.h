/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A credential that stands in a file as plain text. */

#pragma once

#include "ocg-secret.h"

typedef enum
{
  OCG_PLAINTEXT_STORE,  /* a file that belongs to another program: never changed */
  OCG_PLAINTEXT_CONFIG, /* openclaw.json, or a file that it includes */
  OCG_PLAINTEXT_DOTENV,
} OcgPlaintextFormat;

/* What is wrong with a find, or with the file as a whole: then it has no secret. */
typedef enum
{
  OCG_PLAINTEXT_FINE,
  OCG_PLAINTEXT_NO_KEY,       /* has characters that no header may have */
  OCG_PLAINTEXT_OTHER_HEADER, /* a header that is not how keys are sent */
  OCG_PLAINTEXT_NO_JSON,
  OCG_PLAINTEXT_TOO_BIG,
  OCG_PLAINTEXT_NO_FILE,   /* a link, a folder, a pipe, a device */
  OCG_PLAINTEXT_NOT_YOURS, /* belongs to another user */
  OCG_PLAINTEXT_UNREADABLE,
  OCG_PLAINTEXT_SURPLUS, /* more files than anybody has */
} OcgPlaintextProblem;

typedef struct
{
  OcgPlaintextFormat format;
  OcgPlaintextProblem problem;
  char *id;   /* the same as long as the credential stands at the same place */
  char *file;
  char *place;      /* as people read it; "" for the file as a whole */
  GStrv segments;   /* (nullable) the same for an edit of openclaw.json */
  char *variable;   /* (nullable) the environment variable that it is the value of */
  char *header;     /* (nullable) the header that it is sent in */
  char *provider;   /* as written; "" for the file as a whole */
  char *name;       /* (nullable) of the profile, as written there: what follows the colon */
  const char *kind; /* api_key, token, oauth; "" for the file as a whole */
  OcgSecret *secret;  /* (nullable) */
  OcgSecret *refresh; /* (nullable) */
  gint64 expires;     /* Unix ms; 0: not known, or never */
  char *base_url;     /* (nullable) where requests with it go, as the file says */
  GStrv order;        /* (nullable) no secret but an order of profiles, as written; the kind is "order" */
} OcgPlaintext;

/* @provider, @kind: "" for the file as a whole */
OcgPlaintext *ocg_plaintext_new (OcgPlaintextFormat format, const char *file, const char *place,
                                 const char *provider, const char *kind);
void ocg_plaintext_free (OcgPlaintext *self);

/* Adds to @finds what is wrong with @file as a whole. */
void ocg_plaintext_add_problem (GPtrArray *finds, OcgPlaintextFormat format, const char *file,
                                OcgPlaintextProblem problem);
/* Takes @text as the secret. FALSE: it is none, but a placeholder, a reference or nothing. */
gboolean ocg_plaintext_set_secret (OcgPlaintext *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgPlaintext, ocg_plaintext_free)
