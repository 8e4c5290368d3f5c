/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../../dbus/ocg-error.h"

#define MAX_MESSAGE 1000

void
ocg_options_fail (GError **error, const char *where, const char *key, const char *message)
{
  /* What a caller said is repeated, but not at any length. */
  g_autofree char *cut = g_utf8_strlen (message, -1) > MAX_MESSAGE
                             ? g_utf8_substring (message, 0, MAX_MESSAGE)
                             : NULL;

  /* TRANSLATORS: the name of an argument, such as messages[0].role, and what is wrong with it. */
  g_set_error (error, OCG_ERROR, OCG_ERROR_INVALID_ARGS, _ ("“%s%s”: %s"), where, key,
               cut != NULL ? cut : message);
}

static void
fail_type (GError **error, const char *where, const char *key, const char *wanted,
           const char *found)
{
  g_autofree char *message = g_strdup_printf (
      /* TRANSLATORS: D-Bus type signatures, such as “s” or “a{sv}”. */
      _ ("expected a value of D-Bus type “%s”, got “%s”."), wanted, found);

  ocg_options_fail (error, where, key, message);
}

/* (transfer full) NULL with no error when @key is missing. */
static GVariant *
lookup (GVariant *dict, const char *where, const char *key, const char *type, gboolean *ok,
        GError **error)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (dict, key, NULL);

  *ok = TRUE;
  if (value == NULL || g_variant_is_of_type (value, G_VARIANT_TYPE (type)))
    return g_steal_pointer (&value);
  fail_type (error, where, key, type, g_variant_get_type_string (value));
  *ok = FALSE;
  return NULL;
}

gboolean
ocg_options_string (GVariant *dict, const char *where, const char *key, const char **value,
                    GError **error)
{
  gboolean ok;
  g_autoptr (GVariant) found = lookup (dict, where, key, "s", &ok, error);

  /* The string stays alive with @dict: it points into its data. */
  if (found != NULL)
    *value = g_variant_get_string (found, NULL);
  return ok;
}

gboolean
ocg_options_boolean (GVariant *dict, const char *where, const char *key, gboolean *value,
                     GError **error)
{
  gboolean ok;
  g_autoptr (GVariant) found = lookup (dict, where, key, "b", &ok, error);

  if (found != NULL)
    *value = g_variant_get_boolean (found);
  return ok;
}

gboolean
ocg_options_strv (GVariant *dict, const char *where, const char *key, GStrv *value, GError **error)
{
  gboolean ok;
  g_autoptr (GVariant) found = lookup (dict, where, key, "as", &ok, error);

  if (found != NULL)
    *value = g_variant_dup_strv (found, NULL);
  return ok;
}

gboolean
ocg_options_variant (GVariant *dict, const char *where, const char *key, const char *type,
                     GVariant **value, GError **error)
{
  gboolean ok;

  *value = lookup (dict, where, key, type, &ok, error);
  return ok;
}

/* FALSE when @value is no integer. Values beyond 64 bits signed cannot be in range anyway. */
static gboolean
get_integer (GVariant *value, gint64 *number)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BYTE:
      *number = g_variant_get_byte (value);
      return TRUE;
    case G_VARIANT_CLASS_INT16:
      *number = g_variant_get_int16 (value);
      return TRUE;
    case G_VARIANT_CLASS_UINT16:
      *number = g_variant_get_uint16 (value);
      return TRUE;
    case G_VARIANT_CLASS_INT32:
      *number = g_variant_get_int32 (value);
      return TRUE;
    case G_VARIANT_CLASS_UINT32:
      *number = g_variant_get_uint32 (value);
      return TRUE;
    case G_VARIANT_CLASS_INT64:
      *number = g_variant_get_int64 (value);
      return TRUE;
    case G_VARIANT_CLASS_UINT64:
      *number = (gint64) MIN (g_variant_get_uint64 (value), (guint64) G_MAXINT64);
      return TRUE;
    case G_VARIANT_CLASS_BOOLEAN:
    case G_VARIANT_CLASS_HANDLE:
    case G_VARIANT_CLASS_DOUBLE:
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
    case G_VARIANT_CLASS_VARIANT:
    case G_VARIANT_CLASS_MAYBE:
    case G_VARIANT_CLASS_ARRAY:
    case G_VARIANT_CLASS_TUPLE:
    case G_VARIANT_CLASS_DICT_ENTRY:
    default:
      return FALSE;
    }
}

static gboolean
fail_range (GError **error, const char *where, const char *key, double min, double max)
{
  g_autofree char *message
      /* TRANSLATORS: the smallest and the largest number that is accepted. */
      = g_strdup_printf (_ ("must be a number from %.12g to %.12g."), min, max);

  ocg_options_fail (error, where, key, message);
  return FALSE;
}

gboolean
ocg_options_uint (GVariant *dict, const char *where, const char *key, guint min, guint *value,
                  GError **error)
{
  g_autoptr (GVariant) found = g_variant_lookup_value (dict, key, NULL);
  gint64 number;

  if (found == NULL)
    return TRUE;
  if (!get_integer (found, &number))
    {
      fail_type (error, where, key, "u", g_variant_get_type_string (found));
      return FALSE;
    }
  if (number < min || number > G_MAXUINT32)
    return fail_range (error, where, key, min, G_MAXUINT32);
  *value = (guint) number;
  return TRUE;
}

gboolean
ocg_options_int64 (GVariant *dict, const char *where, const char *key, gint64 min, gint64 *value,
                   GError **error)
{
  g_autoptr (GVariant) found = g_variant_lookup_value (dict, key, NULL);
  gint64 number;

  if (found == NULL)
    return TRUE;
  if (!get_integer (found, &number))
    {
      fail_type (error, where, key, "x", g_variant_get_type_string (found));
      return FALSE;
    }
  if (number < min)
    return fail_range (error, where, key, (double) min, (double) G_MAXINT64);
  *value = number;
  return TRUE;
}

gboolean
ocg_options_double (GVariant *dict, const char *where, const char *key, double min, double max,
                    double *value, GError **error)
{
  g_autoptr (GVariant) found = g_variant_lookup_value (dict, key, NULL);
  gint64 integer;
  double number;

  if (found == NULL)
    return TRUE;
  if (g_variant_is_of_type (found, G_VARIANT_TYPE_DOUBLE))
    number = g_variant_get_double (found);
  else if (get_integer (found, &integer))
    number = (double) integer;
  else
    {
      fail_type (error, where, key, "d", g_variant_get_type_string (found));
      return FALSE;
    }
  /* Not-a-number fails both comparisons. */
  if (!(number >= min && number <= max))
    return fail_range (error, where, key, min, max);
  *value = number;
  return TRUE;
}

void
ocg_options_log_unknown (GVariant *dict, const char *const *known)
{
  GVariantIter iter;
  const char *key;

  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_next (&iter, "{&sv}", &key, NULL))
    if (!g_strv_contains (known, key))
      g_debug ("option “%s” is not known and ignored", key);
}

static gboolean
is_token (const char *token)
{
  gsize length = strlen (token);

  return length >= 1 && length <= 64
         && strspn (token, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") == length;
}

gboolean
ocg_options_handle_token (GVariant *dict, const char **token, GError **error)
{
  if (!ocg_options_string (dict, "", "handle_token", token, error))
    return FALSE;
  if (*token == NULL || is_token (*token))
    return TRUE;
  ocg_options_fail (error, "", "handle_token", _ ("must be 1 to 64 letters, digits and “_”."));
  return FALSE;
}
