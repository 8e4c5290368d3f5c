/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Reads the format of .env files as OpenClaw does: NAME=value and NAME: value, "export" before it,
 * comments, values in single quotes and backticks (as they are) and in double quotes (\n, \r, \t,
 * \" and \\ are escapes), which may go over several lines. Without quotes a "#" begins a comment.
 * Pure. */

#pragma once

#include <glib.h>

typedef enum
{
  OCG_DOTENV_NO_NAME,    /* no "NAME=" */
  OCG_DOTENV_OPEN_QUOTE, /* nothing closes it */
  OCG_DOTENV_SURPLUS,    /* something behind the closing quote */
} OcgDotenvFault;

typedef struct
{
  OcgDotenvFault fault;
  guint line, column; /* from 1, in characters */
} OcgDotenvProblem;

/* Returns name -> value; of two lines for one name the last counts. Lines that are wrong are left
 * out and added to @problems (of OcgDotenvProblem). Values are wiped when they are freed. */
GHashTable *ocg_dotenv_parse (const char *text, GArray *problems);

/* @text without the lines that set @name to @value; every other byte stays. (transfer full) */
char *ocg_dotenv_remove (const char *text, const char *name, const char *value);

/* What is wrong, translated. */
const char *ocg_dotenv_fault_describe (OcgDotenvFault fault);
