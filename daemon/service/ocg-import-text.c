/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* An import in words. */

#include "config.h"

#include "ocg-import.h"

#include <glib/gi18n.h>

#include "../wire/ocg-redact.h"

#define MAX_CHARS 1000

static char *
describe_problem (const OcgPlaintext *find)
{
  switch (find->problem)
    {
    case OCG_PLAINTEXT_NO_KEY:
      return g_strdup (_ ("This is no key: there are spaces or other characters in it that no key "
                          "has. Mend it there, or store the right key with: openclawctl models "
                          "auth add"));
    case OCG_PLAINTEXT_NO_JSON:
      return g_strdup (find->format == OCG_PLAINTEXT_CONFIG
                           ? _ ("This file cannot be read. To see why: openclawctl config validate")
                           : _ ("This file is not the JSON that it should be. Mend it, or delete "
                                "it."));
    case OCG_PLAINTEXT_TOO_BIG:
      return g_strdup (_ ("This file is larger than 1 MiB, and left out."));
    case OCG_PLAINTEXT_NO_FILE:
      return g_strdup (_ ("This is a link or no file, and left out. Put the file itself there."));
    case OCG_PLAINTEXT_NOT_YOURS:
      return g_strdup (_ ("This file belongs to another user, and is left out."));
    case OCG_PLAINTEXT_UNREADABLE:
      return g_strdup (_ ("This file cannot be read. Look at its permissions."));
    case OCG_PLAINTEXT_SURPLUS:
      return g_strdup (_ ("There are more agents than 200; only the first ones are looked at."));
    case OCG_PLAINTEXT_OTHER_HEADER:
    case OCG_PLAINTEXT_FINE:
    default:
      return g_strdup (_ ("A key of this provider is not sent in that header, so that it can only "
                          "stand here. Use a ${VARIABLE} in its place."));
    }
}

/* A login of another region than the one that is set up is kept, and not used. */
static char *
describe_region (const OcgImportEntry *self)
{
  const char *id = self->provider->id;
  const char *url = self->find->base_url;

  if (url == NULL || ocg_provider_accepts_origin (self->provider, self->origin))
    return NULL;
  return g_strdup_printf (
      /* TRANSLATORS: %1$s is a provider, %2$s an address. */
      _ ("It is for another region than the one in use. To use that: openclawctl config set "
         "models.providers.%1$s.baseUrl %2$s"),
      id, url);
}

static char *
append (const char *text, const char *more)
{
  /* TRANSLATORS: two sentences, one after the other. */
  return g_strdup_printf (C_ ("two sentences", "%s %s"), text, more);
}

/* @text and what becomes of the plain text. */
static char *
add_rest (const OcgImportEntry *self, const char *text)
{
  if (self->removed)
    return append (text, _ ("It is gone from the file."));
  if (self->find->format == OCG_PLAINTEXT_STORE)
    {
      g_autofree char *region = describe_region (self);
      g_autofree char *rest = append (
          text, _ ("The file belongs to another program and is never changed: if that needs it no "
                   "longer, log out there, or take it out of the file."));

      return region != NULL ? append (rest, region) : g_steal_pointer (&rest);
    }
  if (self->is_changed)
    return append (text, _ ("Something else stands there by now, and stays. Import again."));
  if (self->user != NULL)
    {
      g_autofree char *rest = g_strdup_printf (
          /* TRANSLATORS: %s is a place in openclaw.json. */
          _ ("It stays in the file, as %s refers to it; change that first."), self->user);

      return append (text, rest);
    }
  return g_strdup (text);
}

static char *
describe_order (const OcgImportEntry *self)
{
  g_autofree char *list = g_strjoinv (", ", self->order);

  if (self->outcome == OCG_IMPORT_FAILED)
    return g_strdup (_ ("This order could not be written. To set it: openclawctl models auth order "
                        "set"));
  if (self->outcome == OCG_IMPORT_STORED)
    /* TRANSLATORS: %s is a list of profiles. */
    return g_strdup_printf (_ ("The order is set in openclaw.json now: %s."), list);
  /* TRANSLATORS: %s is a list of profiles. */
  return g_strdup_printf (_ ("The order can be set in openclaw.json: %s."), list);
}

static char *
describe (const OcgImportEntry *self)
{
  if (self->order != NULL)
    return describe_order (self);
  switch (self->outcome)
    {
    case OCG_IMPORT_FOUND:
      return add_rest (self, _ ("It can be stored in the keyring."));
    case OCG_IMPORT_STORED:
      return add_rest (self, _ ("It is in the keyring now."));
    case OCG_IMPORT_TWICE:
      return add_rest (self, _ ("The same stands in another place, too."));
    case OCG_IMPORT_THERE:
      return add_rest (self, _ ("The keyring has it already."));
    case OCG_IMPORT_NEWER:
      return add_rest (self, _ ("The keyring has a newer one."));
    case OCG_IMPORT_EXPIRED:
      return g_strdup (_ ("It has expired, and nothing with it can renew it. Log in anew: "
                          "openclawctl models auth login"));
    case OCG_IMPORT_NO_PROVIDER:
      return g_strdup_printf (_ ("There is no provider “%s”. Add models.providers.%s to "
                                 "openclaw.json first, or choose one of: openclawctl models list "
                                 "--all"),
                              self->find->provider, self->find->provider);
    case OCG_IMPORT_ASTRAY:
      return g_strdup_printf (_ ("The server of %s comes from a file that other programs may "
                                 "write. If the key is meant for it: openclawctl models auth add "
                                 "--provider %s"),
                              self->provider->id, self->provider->id);
    case OCG_IMPORT_ORDERED:
      return g_strdup (_ ("An order of this provider is set already. To change it: openclawctl "
                          "models auth order set"));
    case OCG_IMPORT_EMPTY:
      return g_strdup (_ ("None of the profiles in this order is there."));
    case OCG_IMPORT_FAILED:
      return g_strdup (_ ("The keyring did not take it. Nothing was changed; try again."));
    case OCG_IMPORT_WRONG:
    default:
      return describe_problem (self->find);
    }
}

static const char *
name_state (const OcgImportEntry *self)
{
  if (self->outcome == OCG_IMPORT_FOUND)
    return "found";
  if (self->outcome == OCG_IMPORT_STORED)
    return "stored";
  /* A file that cannot be read is a failure; something in it that is no key is not. */
  if (self->outcome == OCG_IMPORT_FAILED
      || (self->outcome == OCG_IMPORT_WRONG && *self->find->place == '\0'))
    return "failed";
  return "skipped";
}

static void
insert (GVariantDict *dict, const char *key, const char *value)
{
  g_autofree char *valid = NULL;

  if (value == NULL || *value == '\0')
    return;
  valid = g_utf8_make_valid (value, -1);
  g_variant_dict_insert (dict, key, "s", valid);
}

/* Names are what somebody wrote there, and may be keys in the wrong place. */
static void
insert_name (GVariantDict *dict, const char *key, const char *value)
{
  g_autofree char *masked = value != NULL ? ocg_redact (value, NULL, MAX_CHARS) : NULL;

  insert (dict, key, masked);
}

GVariant *
ocg_import_entry_to_variant (const OcgImportEntry *self)
{
  g_autofree char *message = describe (self);
  g_autofree char *file = g_filename_display_name (self->find->file);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  insert (&dict, "id", self->find->id);
  insert (&dict, "file", file);
  insert_name (&dict, "place", self->find->place);
  insert_name (&dict, "profile", self->profile);
  insert_name (&dict, "provider",
               self->provider != NULL ? self->provider->id : self->find->provider);
  insert (&dict, "kind", self->find->kind);
  insert (&dict, "state", name_state (self));
  g_variant_dict_insert (&dict, "removed", "b", self->removed);
  g_variant_dict_insert (&dict, "removable", "b",
                         !self->removed && ocg_import_entry_is_removable (self));
  insert_name (&dict, "message", message);
  return g_variant_dict_end (&dict);
}
