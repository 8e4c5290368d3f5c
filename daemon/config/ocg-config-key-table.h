/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The names of the members of our files, and of the parts of openclaw.json that are ours. */

#pragma once

#include <glib.h>

typedef enum
{
  OCG_KEYS_STRICT,  /* a name that is not here is a mistake, or newer than we are */
  OCG_KEYS_LOOSE,   /* OpenClaw's: only what looks like one of ours misspelt is a mistake */
  OCG_KEYS_OBJECTS, /* as loose, among members that hold objects */
} OcgKeyRule;

typedef struct _OcgKeySet OcgKeySet;

typedef struct
{
  const char *name;
  const OcgKeySet *below; /* (nullable) whatever stands there */
} OcgKey;

/* What people write in its place that looks different. */
typedef struct
{
  const char *written; /* in small letters, without "_" and "-" */
  const char *meant;
} OcgKeySynonym;

struct _OcgKeySet
{
  OcgKeyRule rule;
  const OcgKey *keys;     /* (nullable) what we read, ended by NULL; NULL: members have any names */
  const char *others;     /* (nullable) what only OpenClaw reads, of any version: between blanks */
  const OcgKeySynonym *synonyms; /* (nullable) ended by NULL */
  const OcgKeySet *each;  /* (nullable) without keys: below each member, or element of a list */
};

extern const OcgKeySet ocg_config_keys;      /* openclaw.json */
extern const OcgKeySet ocg_models_json_keys; /* models.json */
extern const OcgKeySet ocg_desktop_keys;     /* desktop.json */
