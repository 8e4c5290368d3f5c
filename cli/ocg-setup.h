/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Setting up a provider, step by step: which one, where, its key, the default model, fallbacks.
 * Nothing is written before the last step, so that Ctrl-C changes nothing; but a login, once confirmed,
 * is kept. */

#pragma once

#include "ocg-auth-choice.h"
#include "ocg-cli.h"
#include "ocg-dialog.h"

typedef struct
{
  OcgCli *cli;
  OcgDialog *dialog;
  gboolean is_interactive;
  GVariant *choices; /* aa{sv} */

  /* What was chosen; each is NULL until its step, or when it does not apply. */
  char *word;              /* as it was typed */
  GVariant *choice;        /* a{sv} */
  GVariant *region;        /* a{sv} */
  gboolean is_region_open; /* the choice was taken from a menu, and names no region */
  char *profile;
  OcgSecretInput *secret;
  gboolean is_logged_in; /* which is not undone */
  const char *check;     /* ok, unknown, skipped, or none when there is no key */
  char *base_url;        /* of a server of the user's */
  GVariant *found;       /* aa{sv}, its models */

  char *default_before; /* "" is none */
  GStrv fallbacks_before;
  char *primary;   /* the new default; NULL: it stays */
  GStrv fallbacks; /* NULL: they stay */
} OcgSetup;

/* Asks the gateway what there is. */
OcgSetup *ocg_setup_new (OcgCli *cli, gboolean is_interactive, GError **error);
void ocg_setup_free (OcgSetup *self);

/* All of it: @word (nullable) is the auth choice; NULL asks for it, with "skip" if @can_skip.
 * Returns FALSE without an error when the user skips. */
gboolean ocg_setup_run (OcgSetup *self, const char *word, gboolean can_skip, GError **error);
/* Prints what was done, and what to do next. */
void ocg_setup_report (OcgSetup *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgSetup, ocg_setup_free)
