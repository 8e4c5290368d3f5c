/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-config-calls.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../config/ocg-config-path.h"
#include "../config/ocg-json5-edit.h"
#include "ocg-config-call.h"
#include "ocg-config-guard.h"
#include "ocg-options.h"

/* Writes, unless @error is set already. */
static void
write_or_fail (OcgManagedCall *call, OcgConfigCall *self, OcgConfigWrite *write, GError *error)
{
  g_autoptr (GError) mine = error;

  if (mine == NULL)
    ocg_options_string (self->options, "", "if-hash", &write->if_hash, &mine);
  if (mine != NULL)
    ocg_managed_call_return_error (call, mine);
  else
    ocg_config_write_async (call->service->config, write, NULL, ocg_managed_call_written, call);
}

/* Where a value is to be set; "desktop" and what is beneath it is in a file of its own. */
static GStrv
parse_place (const char *path, OcgConfigDocumentId *id, GError **error)
{
  g_auto (GStrv) segments = ocg_config_path_parse (path, error);
  gboolean is_desktop = FALSE;

  if (segments == NULL)
    return NULL;
  is_desktop = segments[0] != NULL && g_str_equal (segments[0], "desktop");
  *id = is_desktop ? OCG_CONFIG_DESKTOP : OCG_CONFIG_OPENCLAW;
  if (segments[0] != NULL && (!is_desktop || segments[1] != NULL))
    return g_strdupv (is_desktop ? segments + 1 : segments);
  ocg_options_fail (error, "", "path",
                    _ ("must lead to one value, such as agents.defaults.model.primary. To change "
                       "the whole file use: openclawctl config edit"));
  return NULL;
}

/* Text that is no JSON5, as a string. */
static JsonNode *
take_as_string (const char *text, gsize length)
{
  g_autofree char *copy = NULL;
  JsonNode *node = NULL;

  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
    length--;
  if (!g_utf8_validate_len (text, length, NULL))
    return NULL;
  copy = g_strndup (text, length);
  node = json_node_init_string (json_node_alloc (), copy);
  explicit_bzero (copy, length);
  return node;
}

/* (transfer full) */
static JsonNode *
parse_value (OcgConfigCall *self, GBytes *text, gboolean or_string, GError **error)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (text, &length);
  OcgJson5Problem problem;
  JsonNode *value = ocg_json5_read (bytes != NULL ? bytes : "", (gssize) length, &problem);
  g_autofree char *what = NULL;
  g_autofree char *message = NULL;

  if (value == NULL && or_string)
    value = take_as_string (bytes != NULL ? bytes : "", length);
  if (value != NULL)
    return value;
  what = ocg_json5_problem_describe (&problem);
  /* TRANSLATORS: follows the name of an argument and a colon; line and column; what is wrong */
  message = g_strdup_printf (_ ("line %u, column %u: %s."), problem.line, problem.column, what);
  ocg_options_fail (error, "", self->name, message);
  return NULL;
}

static void
set_value (OcgManagedCall *call, OcgConfigCall *self, GBytes *text)
{
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  OcgConfigWrite write = { .edits = edits, .is_explicit = TRUE };
  GError *error = NULL;
  gboolean or_string = FALSE;
  g_auto (GStrv) path = parse_place (self->path, &write.id, &error);
  g_autoptr (JsonNode) value = NULL;

  if (path != NULL && ocg_options_boolean (self->options, "", "or-string", &or_string, &error))
    value = parse_value (self, text, or_string, &error);
  if (value != NULL && ocg_config_guard (write.id, (const char *const *) path, value, &error))
    g_ptr_array_add (edits, ocg_config_edit_new ((const char *const *) path,
                                                 g_steal_pointer (&value)));
  write_or_fail (call, self, &write, error);
}

static gboolean
on_set (OcgDbusGatewayConfig *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
        const char *path, const char *json5, GVariant *options, OcgService *service)
{
  g_autoptr (GVariant) handle = NULL;
  OcgConfigArguments arguments = { .path = path, .json5 = json5, .use_text = set_value };

  if (!ocg_config_call_find_handle (service, invocation, options, "value", &handle))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  arguments.handle = handle;
  arguments.name = handle != NULL ? "value" : "json5";
  return ocg_config_call_begin (service, invocation, fds, options, &arguments);
}

static void
unset_value (OcgManagedCall *call, OcgConfigCall *self, GBytes *text)
{
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  OcgConfigWrite write = { .edits = edits, .is_explicit = TRUE };
  GError *error = NULL;
  g_auto (GStrv) path = parse_place (self->path, &write.id, &error);

  if (path != NULL)
    g_ptr_array_add (edits, ocg_config_edit_new ((const char *const *) path, NULL));
  write_or_fail (call, self, &write, error);
}

static gboolean
on_unset (OcgDbusGatewayConfig *skeleton, GDBusMethodInvocation *invocation, const char *path,
          GVariant *options, OcgService *service)
{
  const OcgConfigArguments arguments = { .path = path, .name = "path", .use_text = unset_value };

  return ocg_config_call_begin (service, invocation, NULL, options, &arguments);
}

/* The part of @patch for one file; NULL with an error when it is for both, or no object. */
static JsonNode *
choose_document (OcgConfigCall *self, JsonNode *patch, OcgConfigDocumentId *id, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (patch) ? json_node_get_object (patch) : NULL;
  JsonNode *desktop = object != NULL ? json_object_get_member (object, "desktop") : NULL;

  *id = desktop != NULL ? OCG_CONFIG_DESKTOP : OCG_CONFIG_OPENCLAW;
  if (object != NULL && desktop == NULL)
    return patch;
  if (object != NULL && json_object_get_size (object) == 1 && JSON_NODE_HOLDS_OBJECT (desktop))
    return desktop;
  ocg_options_fail (error, "", self->name,
                    _ ("must be an object, “{ … }”, and either hold “desktop” alone or not at "
                       "all."));
  return NULL;
}

static void
patch_value (OcgManagedCall *call, OcgConfigCall *self, GBytes *text)
{
  static const char *const top[] = { NULL };
  OcgConfigWrite write = { .is_explicit = TRUE };
  GError *error = NULL;
  g_autoptr (JsonNode) patch = parse_value (self, text, FALSE, &error);

  if (patch != NULL)
    write.patch = choose_document (self, patch, &write.id, &error);
  if (write.patch != NULL)
    ocg_config_guard (write.id, top, write.patch, &error);
  write_or_fail (call, self, &write, error);
}

static gboolean
on_patch (OcgDbusGatewayConfig *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
          const char *json5, GVariant *options, OcgService *service)
{
  g_autoptr (GVariant) handle = NULL;
  OcgConfigArguments arguments = { .json5 = json5, .use_text = patch_value };

  if (!ocg_config_call_find_handle (service, invocation, options, "value", &handle))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  arguments.handle = handle;
  arguments.name = handle != NULL ? "value" : "json5";
  return ocg_config_call_begin (service, invocation, fds, options, &arguments);
}

static gboolean
read_document (GVariant *options, OcgConfigDocumentId *id, GError **error)
{
  const char *name = "openclaw";

  if (!ocg_options_string (options, "", "document", &name, error))
    return FALSE;
  *id = g_str_equal (name, "desktop") ? OCG_CONFIG_DESKTOP : OCG_CONFIG_OPENCLAW;
  if (*id == OCG_CONFIG_DESKTOP || g_str_equal (name, "openclaw"))
    return TRUE;
  ocg_options_fail (error, "", "document", _ ("must be openclaw or desktop."));
  return FALSE;
}

static void
replace_text (OcgManagedCall *call, OcgConfigCall *self, GBytes *text)
{
  OcgConfigWrite write = { .text = text };
  GError *error = NULL;
  gsize length = 0;
  const char *bytes = g_bytes_get_data (text, &length);
  g_autofree char *copy = g_strndup (bytes, length);

  if (read_document (self->options, &write.id, &error) && strlen (copy) == length
      && ocg_json5_is_blank (copy))
    ocg_options_fail (&error, "", "text",
                      _ ("holds nothing but space and comments, which OpenClaw does not read. An "
                         "empty configuration is “{}”."));
  explicit_bzero (copy, length);
  write_or_fail (call, self, &write, error);
}

static gboolean
on_replace_text (OcgDbusGatewayConfig *skeleton, GDBusMethodInvocation *invocation,
                 GUnixFDList *fds, GVariant *handle, GVariant *options, OcgService *service)
{
  const OcgConfigArguments arguments = { .handle = handle, .name = "text", .use_text = replace_text };

  return ocg_config_call_begin (service, invocation, fds, options, &arguments);
}

static GVariant *
describe_problem (const OcgProblem *problem)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "file", "s", problem->file);
  g_variant_dict_insert (&dict, "line", "u", problem->line);
  g_variant_dict_insert (&dict, "column", "u", problem->column);
  g_variant_dict_insert (&dict, "path", "s", problem->path);
  g_variant_dict_insert (&dict, "severity", "s", ocg_severity_to_string (problem->severity));
  g_variant_dict_insert (&dict, "message", "s", problem->message);
  if (problem->suggestion != NULL)
    g_variant_dict_insert (&dict, "suggestion", "s", problem->suggestion);
  return g_variant_dict_end (&dict);
}

static void
validated (GObject *config, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (OcgProblems) problems = ocg_config_validate_finish (OCG_CONFIG (config), result);
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < ocg_problems_get_n (problems); i++)
    g_variant_builder_add_value (&list, describe_problem (ocg_problems_get (problems, i)));
  ocg_managed_call_return (call, g_variant_new ("(@aa{sv})", g_variant_builder_end (&list)));
}

static void
validate (OcgManagedCall *call, OcgConfigCall *self, GBytes *text)
{
  OcgConfigDocumentId id = OCG_CONFIG_OPENCLAW;
  g_autoptr (GError) error = NULL;

  if (read_document (self->options, &id, &error))
    ocg_config_validate_async (call->service->config, id, text, validated, call);
  else
    ocg_managed_call_return_error (call, error);
}

static gboolean
on_validate (OcgDbusGatewayConfig *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
             GVariant *options, OcgService *service)
{
  g_autoptr (GVariant) handle = NULL;
  OcgConfigArguments arguments = { .name = "text", .use_text = validate };

  if (!ocg_config_call_find_handle (service, invocation, options, "text", &handle))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  arguments.handle = handle;
  return ocg_config_call_begin (service, invocation, fds, options, &arguments);
}

void
ocg_config_calls_connect (OcgDbusGatewayConfig *skeleton, OcgService *service)
{
  g_signal_connect (skeleton, "handle-set", G_CALLBACK (on_set), service);
  g_signal_connect (skeleton, "handle-unset", G_CALLBACK (on_unset), service);
  g_signal_connect (skeleton, "handle-patch", G_CALLBACK (on_patch), service);
  g_signal_connect (skeleton, "handle-replace-text", G_CALLBACK (on_replace_text), service);
  g_signal_connect (skeleton, "handle-validate", G_CALLBACK (on_validate), service);
}
