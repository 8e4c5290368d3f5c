/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What becomes of credentials that stand in files as plain text: under which profile each is
 * stored, or why not. Does nothing itself. */

#pragma once

#include "../catalog/ocg-catalog.h"
#include "../credentials/ocg-keyring.h"
#include "../credentials/ocg-plaintext-files.h"

typedef enum
{
  OCG_IMPORT_FOUND,  /* can be stored */
  OCG_IMPORT_STORED, /* and has been read back */
  OCG_IMPORT_TWICE,  /* the same as an earlier one that is OCG_IMPORT_FOUND */
  OCG_IMPORT_THERE,  /* the keyring has it */
  OCG_IMPORT_NEWER,  /* the keyring has what came of it */
  OCG_IMPORT_EXPIRED,
  OCG_IMPORT_NO_PROVIDER,
  OCG_IMPORT_ASTRAY, /* its provider's server is not one that it was made for */
  OCG_IMPORT_WRONG,  /* see the problem of the find */
  OCG_IMPORT_ORDERED, /* an order of the provider is set already */
  OCG_IMPORT_EMPTY,   /* an order of profiles that there are not */
  OCG_IMPORT_FAILED, /* the keyring did not take it */
} OcgImportOutcome;

typedef struct
{
  const OcgPlaintext *find;
  OcgProvider *provider; /* (owned) (nullable) */
  OcgImportOutcome outcome;
  char *profile;   /* (nullable) */
  char *origin;    /* (nullable) what it is bound to */
  OcgSecret *text; /* (nullable) what is stored */
  char *user;      /* (nullable) the place in openclaw.json that cannot do without it */
  GPtrArray *places; /* (nullable) of GStrv: what has to go with it */
  GStrv order;       /* (nullable) of an order: its profiles as they are called here */
  gboolean is_ordered; /* the settings have an order of the provider */
  gboolean removed;
  gboolean is_changed; /* something else stands there by now, and stays */
} OcgImportEntry;

/* A profile that the keyring has. */
typedef struct
{
  char *profile;
  char *origin;      /* (nullable) */
  OcgSecret *secret; /* (nullable) not known */
} OcgImportKnown;

void ocg_import_entry_free (OcgImportEntry *self);
void ocg_import_known_free (OcgImportKnown *self);

/* The providers' variables, see ocg-plaintext-settings.h. (transfer full) */
GHashTable *ocg_import_list_variables (OcgCatalog *catalog);
/* Of OcgImportEntry, in the order of @finds, none judged yet. */
GPtrArray *ocg_import_new_entries (OcgPlaintextFiles *files, OcgCatalog *catalog);
/* Decides about each, given what the keyring has (of OcgImportKnown); @now: Unix ms. */
void ocg_import_judge (GPtrArray *entries, GPtrArray *known, gint64 now);

/* Whether it can be taken out of its file, as far as what it is goes. */
gboolean ocg_import_entry_is_removable (const OcgImportEntry *self);
/* The dictionary of ImportPlaintext(), in the language of the thread. Floating. */
GVariant *ocg_import_entry_to_variant (const OcgImportEntry *self);
