/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-path.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ocg-error.h"
#include "ocg-json5-path.h"
#include "ocg-json5-scanner.h"
#include "ocg-json5-write.h"

#define MAX_LENGTH 4096

/* A name up to the next dot or bracket. */
static gboolean
parse_plain (const char **path, GString *segment)
{
  const char *p = *path;
  for (; *p != '\0' && *p != '.' && *p != '['; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (segment, *p);
    }
  *path = p;
  return segment->len > 0;
}

/* Behind "[": a string as in JSON5, or anything up to "]". */
static gboolean
parse_bracket (const char **path, GString *segment)
{
  if (**path != '"' && **path != '\'')
    {
      const char *end = strchr (*path, ']');
      if (end == NULL || end == *path)
        return FALSE;
      g_string_append_len (segment, *path, end - *path);
      *path = end + 1;
      return TRUE;
    }

  OcgJson5Problem ignored = { .fault = OCG_JSON5_OK };
  OcgJson5Scanner scanner;
  OcgJson5Token token;
  ocg_json5_scanner_init (&scanner, *path, strlen (*path), 0, &ignored);
  gboolean good = ocg_json5_scanner_next (&scanner, &token) && (*path)[scanner.end] == ']';
  if (good)
    {
      g_string_append (segment, scanner.string->str);
      *path += scanner.end + 1;
    }
  ocg_json5_scanner_clear (&scanner);
  return good;
}

GStrv
ocg_config_path_parse (const char *path, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *p = path;
  gboolean good = g_utf8_validate (path, -1, NULL);

  if (strlen (path) > MAX_LENGTH)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("The path is longer than %d bytes. Shorten it."), MAX_LENGTH);
      return NULL;
    }

  for (guint n = 0; good && *p != '\0'; n++)
    {
      /* No file is nested deeper. */
      if (n == OCG_JSON5_MAX_DEPTH)
        {
          g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                       _ ("The path is deeper than %d levels. Shorten it."), OCG_JSON5_MAX_DEPTH);
          return NULL;
        }

      g_autoptr (GString) segment = g_string_new (NULL);
      if (*p == '[')
        {
          p++;
          good = parse_bracket (&p, segment);
        }
      else
        {
          /* Only between two segments is a dot of its own. */
          if (*p == '.' && p != path)
            p++;
          good = parse_plain (&p, segment);
        }
      good = good && (*p == '\0' || *p == '.' || *p == '[');
      g_strv_builder_add (builder, segment->str);
    }

  if (!good)
    {
      g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS,
                   _ ("“%s” is not a path. Write it like agents.defaults.model.primary or "
                      "agents.defaults.models[\"provider/model\"].alias."),
                   path);
      return NULL;
    }
  return g_strv_builder_end (builder);
}

char *
ocg_config_path_join (const char *parent, const char *name)
{
  gboolean plain = *name != '\0';
  for (const char *p = name; *p != '\0'; p++)
    plain = plain && (g_ascii_isalnum (*p) || strchr ("_-$", *p) != NULL);
  if (plain)
    return parent != NULL && *parent != '\0' ? g_strdup_printf ("%s.%s", parent, name)
                                             : g_strdup (name);

  g_autoptr (GString) text = g_string_new (parent);
  g_string_append_c (text, '[');
  ocg_json5_write_string (text, name, '"');
  g_string_append_c (text, ']');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ocg_config_path_join_index (const char *parent, guint index)
{
  return g_strdup_printf ("%s[%u]", parent, index);
}

char *
ocg_config_path_format (const char *const *segments, guint length)
{
  char *path = g_strdup ("");
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *parent = path;
      gboolean is_index = *segments[i] != '\0'
                          && strspn (segments[i], G_CSET_DIGITS) == strlen (segments[i]);
      path = is_index ? g_strdup_printf ("%s[%s]", parent, segments[i])
                      : ocg_config_path_join (parent, segments[i]);
    }
  return path;
}

JsonNode *
ocg_config_path_lookup (JsonNode *root, const char *const *segments)
{
  return ocg_json5_path_lookup (root, segments);
}
