/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a command has in hand while it runs. */

#pragma once

#include <json-glib/json-glib.h>

#include "ocg-args.h"
#include "ocg-client.h"
#include "ocg-config-banner.h"
#include "ocg-failure.h"

struct _OcgCli
{
  const OcgArgs *args;
  OcgClient *client; /* NULL until ocg_cli_connect() */
  OcgConfigBanner *banner; /* NULL until then, and for commands that need none */
  GString *out;      /* written to standard output when the command returns */
  const char *model; /* (nullable) the reference or alias that the command is about */
  /* (nullable) what went wrong, from a command that has more to tell than an error */
  OcgFailure *failure;
  gboolean failure_is_shown;
  char *epilogue; /* (nullable) a line for standard error, after everything else */
};

/* The connection, made when it is asked for first. (transfer none) */
OcgClient *ocg_cli_connect (OcgCli *self, GError **error);

gboolean ocg_cli_has (OcgCli *self, const char *option);
/* (nullable) (transfer none) */
const char *ocg_cli_get (OcgCli *self, const char *option);
const GPtrArray *ocg_cli_get_list (OcgCli *self, const char *option);
const char *ocg_cli_operand (OcgCli *self, guint i);

/* Appends to the output; ocg_cli_print() cleans what it is given of control characters. */
void ocg_cli_print (OcgCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Takes @node. */
void ocg_cli_print_json (OcgCli *self, JsonNode *node);
/* Shows the "warnings" of a reply on standard error; with --json they are in the output. */
void ocg_cli_warn (OcgCli *self, GVariant *reply);
