/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-locale.h"

#include <glib/gi18n.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

void
ocg_locale_init (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, OCG_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* The catalogue that gettext uses for one entry such as "zh_TW.UTF-8" or "en_GB", or NULL. */
static const char *
find_catalogue (const char *entry)
{
  static const char *const catalogues[] = { "en", "zh_CN", "zh_TW" };
  g_autofree char *name = g_strndup (entry, strcspn (entry, ".@"));
  gsize language_length = strcspn (name, "_");

  for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
    if (g_str_equal (name, catalogues[i]))
      return catalogues[i];
  name[language_length] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
    if (g_str_equal (name, catalogues[i]))
      return catalogues[i];
  return NULL;
}

const char *
ocg_locale_get_language (void)
{
  const char *locale = setlocale (LC_MESSAGES, NULL);
  const char *language = g_getenv ("LANGUAGE");
  g_auto (GStrv) entries = NULL;

  /* gettext looks at LANGUAGE only when there is a locale to translate for. */
  if (locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX"))
    return "en";
  entries = g_strsplit (language != NULL && *language != '\0' ? language : locale, ":", -1);
  for (guint i = 0; entries[i] != NULL; i++)
    {
      const char *catalogue = find_catalogue (entries[i]);

      if (g_str_equal (entries[i], "C") || g_str_equal (entries[i], "POSIX"))
        break;
      if (catalogue != NULL)
        return catalogue;
    }
  return "en";
}
