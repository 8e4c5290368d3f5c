/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-locale.h"

#include <string.h>

/* Callers choose the names, so they must not choose how much is kept. */
#define MAX_KEPT 64

struct _OcgLocales
{
  GHashTable *kept; /* language -> locale_t; english for those that the C library lacks */
  locale_t english;
};

OcgLocales *
ocg_locales_new (void)
{
  OcgLocales *self = g_new0 (OcgLocales, 1);

  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->english = newlocale (LC_ALL_MASK, "C", (locale_t) 0);
  return self;
}

void
ocg_locales_free (OcgLocales *self)
{
  GHashTableIter iter;
  gpointer locale;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &locale))
    if (locale != self->english)
      freelocale (locale);
  g_hash_table_unref (self->kept);
  freelocale (self->english);
  g_free (self);
}

/* "zh-Hant_HK.UTF-8@x" -> "zh_TW": our catalogues are for two scripts, not for every region. */
static char *
choose_language (const char *name)
{
  static const char *const traditional[] = { "zh_tw", "zh_hk", "zh_mo", "zh_hant" };
  g_autofree char *language = g_strndup (name, strcspn (name, ".@"));
  g_autofree char *lower = NULL;

  g_strdelimit (language, "-", '_');
  lower = g_ascii_strdown (language, -1);
  for (guint i = 0; i < G_N_ELEMENTS (traditional); i++)
    if (g_str_has_prefix (lower, traditional[i]))
      return g_strdup ("zh_TW");
  if (g_str_equal (lower, "zh") || g_str_has_prefix (lower, "zh_"))
    return g_strdup ("zh_CN");
  return g_steal_pointer (&language);
}

locale_t
ocg_locales_find (OcgLocales *self, const char *name)
{
  g_autofree char *language = NULL;
  g_autofree char *utf8 = NULL;
  locale_t locale;

  if (name == NULL)
    return LC_GLOBAL_LOCALE;
  language = choose_language (name);
  locale = g_hash_table_lookup (self->kept, language);
  if (locale != (locale_t) 0)
    return locale;

  /* The messages are English; and the C library would open a path. */
  if (*language == '\0' || g_str_has_prefix (language, "en") || strchr (language, '/') != NULL
      || g_hash_table_size (self->kept) >= MAX_KEPT)
    return self->english;
  utf8 = g_strconcat (language, ".UTF-8", NULL);
  locale = newlocale (LC_MESSAGES_MASK, utf8, (locale_t) 0);
  if (locale == (locale_t) 0)
    locale = self->english;
  g_hash_table_insert (self->kept, g_steal_pointer (&language), locale);
  return locale;
}

OcgLocaleScope
ocg_locale_enter (locale_t locale)
{
  return uselocale (locale);
}

void
ocg_locale_leave (OcgLocaleScope before)
{
  uselocale (before);
}
