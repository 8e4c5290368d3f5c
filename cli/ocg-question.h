/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Everything that goes to the gateway for one answer, from the command line, files and standard
 * input. */

#pragma once

#include "ocg-cli.h"

#include <gio/gunixfdlist.h>

typedef struct
{
  GVariant *messages; /* aa{sv} */
  GVariant *options;  /* a{sv} */
  GUnixFDList *fds;   /* the images that the messages point to */
} OcgQuestion;

/* Reads all of it. Errors: OCG_ERROR_INVALID_ARGS. */
OcgQuestion *ocg_question_new (OcgCli *cli, GError **error);
void ocg_question_free (OcgQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgQuestion, ocg_question_free)
