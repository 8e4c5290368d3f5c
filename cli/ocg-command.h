/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The commands: one table that parsing, help and suggestions are made from. */

#pragma once

#include <glib.h>

typedef struct _OcgCli OcgCli;

typedef enum
{
  OCG_OPTION_FLAG,
  OCG_OPTION_VALUE,
  OCG_OPTION_LIST,           /* a value each time it is given */
  OCG_OPTION_OPTIONAL_VALUE, /* the next word, unless it starts with "-" */
} OcgOptionKind;

typedef struct
{
  const char *name; /* without dashes; NULL ends an array */
  char letter;      /* 0: none */
  OcgOptionKind kind;
  const char *value;       /* what the value is called in the help */
  const char *description; /* to be translated */
} OcgOption;

typedef enum
{
  OCG_COMMAND_JSON = 1 << 0,         /* knows --json */
  OCG_COMMAND_PLAIN = 1 << 1,        /* knows --plain */
  OCG_COMMAND_PASSES_WORDS = 1 << 2, /* everything after its name is for another program */
  OCG_COMMAND_TAKES_SECRET = 1 << 3, /* what is on its command line may be a key: never shown */
  OCG_COMMAND_TELLS_PROBLEMS = 1 << 4, /* it is about mistakes in the configuration itself */
} OcgCommandFlags;

/* Returns the exit status. An @error that is set is reported by the caller and decides instead. */
typedef int (*OcgCommandFunc) (OcgCli *cli, GError **error);

typedef struct
{
  const char *words;
  const char *operands; /* as in the help */
  guint min_operands;
  guint max_operands;
  OcgCommandFlags flags;
  const OcgOption *options;
  const char *description; /* to be translated, as is @details */
  const char *details;     /* (nullable) */
  OcgCommandFunc run;
} OcgCommand;

/* Ends with a row whose words are NULL. */
extern const OcgCommand ocg_commands[];

/* The options that every command has, --json and --plain included. */
extern const OcgOption ocg_common_options[];

const OcgCommand *ocg_command_find (const char *words);
/* Whether @words are the beginning of a longer command. */
gboolean ocg_command_is_group (const char *words);
/* Up to three commands that are nearest to what was typed; NULL-terminated. */
GStrv ocg_command_suggest (const char *typed);
/* The entry of @candidates (NULL-terminated) that is nearest to @typed; NULL: none is near. */
const char *ocg_command_nearest (const char *typed, const char *const *candidates);
