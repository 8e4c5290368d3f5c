/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The command line, taken apart by the table of commands. GOption is not used: it shows the values
 * of options it does not know, which may be keys, and fails on UTF-8 in the C locale. */

#pragma once

#include "ocg-command.h"

typedef struct
{
  const OcgCommand *command; /* (nullable) */
  char *group;               /* the command words that were understood, "" for none */
  gboolean help;
  gboolean version;
  GHashTable *options; /* name without dashes -> the last value, "" when it has none */
  GHashTable *lists;   /* name -> GPtrArray of the values of an OCG_OPTION_LIST */
  GPtrArray *operands; /* of char*, without a NULL at its end */
} OcgArgs;

OcgArgs *ocg_args_new (void);
void ocg_args_free (OcgArgs *self);

/* Fills @self, which keeps what was understood when this fails with OCG_ERROR_INVALID_ARGS. With
 * @help or @version nothing else was checked. */
gboolean ocg_args_parse (OcgArgs *self, const char *const *argv, GError **error);

/* Whether errors are to be JSON; true for a command line that does not parse, too. */
gboolean ocg_args_wants_json (const char *const *argv);

gboolean ocg_args_has (const OcgArgs *self, const char *option);
/* (nullable) (transfer none) */
const char *ocg_args_get (const OcgArgs *self, const char *option);
/* All values of an OCG_OPTION_LIST, in order. (nullable) (transfer none) */
const GPtrArray *ocg_args_get_list (const OcgArgs *self, const char *option);
const char *ocg_args_operand (const OcgArgs *self, guint i);

/* Whether @word may be a key that was pasted by mistake and must not be shown. */
gboolean ocg_args_may_be_secret (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgArgs, ocg_args_free)
