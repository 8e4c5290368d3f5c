/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-import-call.h"

#include <glib/gi18n.h>
#include <string.h>

#include "../../dbus/ocg-error.h"
#include "ocg-credential-args.h"
#include "ocg-import-removal.h"
#include "ocg-import.h"
#include "ocg-options.h"

/* An import on its way: look, read what the keyring has, judge, store one by one, remove. */
typedef struct
{
  gboolean dry_run;
  gboolean remove;
  GStrv only; /* (nullable) */
  OcgPlaintextFiles *files;
  GPtrArray *entries; /* of OcgImportEntry */
  GPtrArray *known;   /* of OcgImportKnown */
  guint next;         /* of known, then of entries */
  guint n_stored;
} Import;

/* What the thread needs. */
typedef struct
{
  OcgConfigPaths *paths;
  GHashTable *variables;
} Search;

static void read_next (OcgManagedCall *call);
static void store_next (OcgManagedCall *call);

static void
import_free (Import *import)
{
  g_strfreev (import->only);
  g_clear_pointer (&import->entries, g_ptr_array_unref);
  g_clear_pointer (&import->known, g_ptr_array_unref);
  g_clear_pointer (&import->files, ocg_plaintext_files_free);
  g_free (import);
}

static void
search_free (Search *search)
{
  ocg_config_paths_free (search->paths);
  g_hash_table_unref (search->variables);
  g_free (search);
}

static void
finish (OcgManagedCall *call)
{
  Import *import = call->data;
  GVariantBuilder finds;

  g_variant_builder_init (&finds, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < import->entries->len; i++)
    g_variant_builder_add_value (
        &finds, ocg_import_entry_to_variant (g_ptr_array_index (import->entries, i)));
  ocg_managed_call_return (call, g_variant_new ("(aa{sv})", &finds));
}

static void
removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;

  /* What was stored stays stored; the next call can try again. */
  if (ocg_import_removal_finish (result, &error))
    finish (call);
  else
    ocg_managed_call_return_error (call, error);
}

/* Those that are the same as an earlier one share its fate. */
static void
settle_twice (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (entries, i);

      for (guint j = 0; j < i && entry->outcome == OCG_IMPORT_TWICE; j++)
        {
          OcgImportEntry *earlier = g_ptr_array_index (entries, j);

          if (g_strcmp0 (earlier->profile, entry->profile) == 0
              && earlier->outcome != OCG_IMPORT_TWICE)
            entry->outcome
                = earlier->outcome == OCG_IMPORT_STORED ? OCG_IMPORT_THERE : OCG_IMPORT_FAILED;
        }
    }
}

static void
remove_or_finish (OcgManagedCall *call)
{
  Import *import = call->data;

  if (import->remove)
    ocg_import_removal_async (call->service->config, import->entries, call->locale, removed, call);
  else
    finish (call);
}

static void
orders_written (GObject *config, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  Import *import = call->data;
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;
  gboolean ok = ocg_config_write_finish (OCG_CONFIG (config), result, &error);

  if (!ok)
    g_debug ("orders: %s", error->message);
  for (guint i = 0; i < import->entries->len; i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (import->entries, i);

      if (entry->order != NULL)
        entry->outcome = ok ? OCG_IMPORT_STORED : OCG_IMPORT_FAILED;
    }
  remove_or_finish (call);
}

static JsonNode *
new_list (GStrv words)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (char **word = words; *word != NULL; word++)
    json_array_add_string_element (array, *word);
  json_node_take_array (node, array);
  return node;
}

static void
all_stored (OcgManagedCall *call)
{
  Import *import = call->data;
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_config_edit_free);
  const OcgConfigWrite write = { .id = OCG_CONFIG_OPENCLAW, .edits = edits };

  settle_twice (import->entries);
  for (guint i = 0; i < import->entries->len; i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (import->entries, i);
      const char *path[] = { "auth", "order", NULL, NULL };

      if (entry->order == NULL)
        continue;
      path[2] = entry->provider->id;
      g_ptr_array_add (edits, ocg_config_edit_new (path, new_list (entry->order)));
    }
  if (edits->len > 0)
    ocg_config_write_async (call->service->config, &write, NULL, orders_written, call);
  else
    remove_or_finish (call);
}

/* The one that was being stored could not be. Takes @error. */
static void
fail_one (OcgManagedCall *call, GError *error)
{
  Import *import = call->data;
  OcgImportEntry *entry = g_ptr_array_index (import->entries, import->next);
  g_autoptr (GError) mine = error;

  if (import->n_stored == 0)
    {
      ocg_credential_args_return_keyring_error (call, NULL, mine);
      return;
    }
  g_debug ("keyring: %s", mine->message);
  entry->outcome = OCG_IMPORT_FAILED;
  import->next++;
  store_next (call);
}

static void
read_back (GObject *keyring, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  Import *import = call->data;
  OcgImportEntry *entry = g_ptr_array_index (import->entries, import->next);
  OCG_LOCALE_SCOPE (call->locale);
  GError *error = NULL;
  g_autoptr (OcgSecret) secret
      = ocg_keyring_lookup_finish (OCG_KEYRING (keyring), result, NULL, &error);

  if (secret == NULL)
    {
      fail_one (call, error);
      return;
    }
  if (strcmp (ocg_secret_peek (secret), ocg_secret_peek (entry->text)) == 0)
    {
      entry->outcome = OCG_IMPORT_STORED;
      import->n_stored++;
      ocg_credentials_clear_cooldown (call->service->credentials, entry->profile);
    }
  else
    entry->outcome = OCG_IMPORT_FAILED;
  import->next++;
  store_next (call);
}

static void
stored (GObject *keyring, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  Import *import = call->data;
  OcgImportEntry *entry = g_ptr_array_index (import->entries, import->next);
  OCG_LOCALE_SCOPE (call->locale);
  GError *error = NULL;

  if (!ocg_keyring_store_finish (OCG_KEYRING (keyring), result, &error))
    {
      fail_one (call, error);
      return;
    }
  ocg_keyring_lookup_async (OCG_KEYRING (keyring), entry->profile, NULL, read_back, call);
}

static void
store_next (OcgManagedCall *call)
{
  Import *import = call->data;

  for (; import->next < import->entries->len; import->next++)
    {
      OcgImportEntry *entry = g_ptr_array_index (import->entries, import->next);
      OcgKeyringItem item = { 0 };

      if (entry->outcome != OCG_IMPORT_FOUND || entry->text == NULL)
        continue;
      item.profile = entry->profile;
      item.provider = entry->provider->id;
      item.kind = (char *) entry->find->kind;
      item.origin = entry->origin;
      ocg_keyring_store_async (call->service->keyring, &item, entry->text, NULL, stored, call);
      return;
    }
  all_stored (call);
}

/* Leaves only those that were asked for. */
static gboolean
choose (Import *import, GError **error)
{
  if (import->only == NULL)
    return TRUE;
  for (char **id = import->only; *id != NULL; id++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < import->entries->len; i++)
        {
          OcgImportEntry *entry = g_ptr_array_index (import->entries, i);

          found = found || g_str_equal (entry->find->id, *id);
        }
      if (!found)
        {
          g_set_error_literal (error, OCG_ERROR, OCG_ERROR_NOT_FOUND,
                               _ ("What was to be imported is not in the files any more. Look "
                                  "again: openclawctl models auth import --dry-run"));
          return FALSE;
        }
    }
  for (guint i = import->entries->len; i > 0; i--)
    {
      OcgImportEntry *entry = g_ptr_array_index (import->entries, i - 1);

      if (!g_strv_contains ((const char *const *) import->only, entry->find->id))
        g_ptr_array_remove_index (import->entries, i - 1);
    }
  return TRUE;
}

static void
all_read (OcgManagedCall *call)
{
  Import *import = call->data;
  g_autoptr (GError) error = NULL;

  /* Names depend on all that there is, so that a choice does not change them. */
  ocg_import_judge (import->entries, import->known, g_get_real_time () / 1000);
  if (!choose (import, &error))
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  import->next = 0;
  if (import->dry_run)
    finish (call);
  else
    store_next (call);
}

static void
was_read (GObject *keyring, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  Import *import = call->data;
  OcgImportKnown *known = g_ptr_array_index (import->known, import->next);
  OCG_LOCALE_SCOPE (call->locale);
  g_autoptr (GError) error = NULL;

  known->secret
      = ocg_keyring_lookup_finish (OCG_KEYRING (keyring), result, &known->origin, &error);
  if (known->secret == NULL && !import->dry_run
      && !g_error_matches (error, OCG_ERROR, OCG_ERROR_CREDENTIAL_MISSING))
    {
      ocg_credential_args_return_keyring_error (call, NULL, error);
      return;
    }
  import->next++;
  read_next (call);
}

static void
read_next (OcgManagedCall *call)
{
  Import *import = call->data;
  OcgKeyring *keyring = call->service->keyring;
  OcgImportKnown *known = NULL;

  if (import->next == import->known->len)
    {
      all_read (call);
      return;
    }
  known = g_ptr_array_index (import->known, import->next);
  if (import->dry_run)
    ocg_keyring_lookup_quietly_async (keyring, known->profile, NULL, was_read, call);
  else
    ocg_keyring_lookup_async (keyring, known->profile, NULL, was_read, call);
}

/* Whether one of the finds may be what @item is. */
static gboolean
is_wanted (Import *import, const OcgKeyringItem *item)
{
  for (guint i = 0; i < import->entries->len; i++)
    {
      OcgImportEntry *entry = g_ptr_array_index (import->entries, i);

      if (entry->provider != NULL && g_strcmp0 (entry->provider->id, item->provider) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OcgManagedCall *call = user_data;
  Import *import = call->data;
  OCG_LOCALE_SCOPE (call->locale);
  GPtrArray *items = ocg_keyring_get_items (call->service->keyring);

  import->files = g_task_propagate_pointer (G_TASK (result), NULL);
  import->entries
      = ocg_import_new_entries (import->files, ocg_engine_get_catalog (call->service->engine));
  import->known = g_ptr_array_new_with_free_func ((GDestroyNotify) ocg_import_known_free);
  for (guint i = 0; i < items->len; i++)
    {
      const OcgKeyringItem *item = g_ptr_array_index (items, i);
      OcgImportKnown *known = NULL;

      if (!is_wanted (import, item))
        continue;
      known = g_new0 (OcgImportKnown, 1);
      known->profile = g_strdup (item->profile);
      g_ptr_array_add (import->known, known);
    }
  read_next (call);
}

static void
search_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;

  g_task_return_pointer (task, ocg_plaintext_files_new (search->paths, search->variables),
                         (GDestroyNotify) ocg_plaintext_files_free);
}

static void
start (OcgManagedCall *call)
{
  OcgService *service = call->service;
  Import *import = call->data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  Search *search = NULL;

  if (!ocg_options_boolean (call->options, "", "dry-run", &import->dry_run, &error)
      || !ocg_options_boolean (call->options, "", "remove", &import->remove, &error)
      || !ocg_options_strv (call->options, "", "only", &import->only, &error))
    {
      ocg_managed_call_return_error (call, error);
      return;
    }
  search = g_new0 (Search, 1);
  search->paths
      = ocg_config_paths_new (ocg_config_get_path (service->config, OCG_CONFIG_OPENCLAW));
  search->variables = ocg_import_list_variables (ocg_engine_get_catalog (service->engine));
  task = g_task_new (NULL, NULL, searched, call);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_in_thread);
}

void
ocg_import_call_handle (OcgService *service, GDBusMethodInvocation *invocation, GVariant *options,
                        gpointer owner)
{
  ocg_service_manage (service, invocation, options, owner, g_new0 (Import, 1),
                      (GDestroyNotify) import_free, start);
}
