/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"
#include "ocg-doctor-places.h"
#include "ocg-doctor-repair.h"

#include "ocg-records.h"

#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the gateway shows in place of a secret. */
#define MASK "********"
#define OTHERS 0077

/* Looks whether others than the user get at @path; @state: how bad that is. */
static void
check_mode (OcgFinding *finding, const char *path, OcgCheckState state)
{
  struct stat info;

  if (stat (path, &info) != 0 || (info.st_mode & OTHERS) == 0)
    return;
  ocg_finding_add_detail (finding, "%s (%04o)", path, (guint) (info.st_mode & 07777));
  ocg_finding_suggest (finding, state,
                       _ ("Other users of this machine can get at files that hold keys."));
  if (info.st_uid != geteuid ())
    return;
  g_ptr_array_add (finding->repairs, ocg_repair_new (OCG_REPAIR_MAKE_PRIVATE, path));
}

static void
check_files (OcgDoctor *doctor, OcgFinding *finding)
{
  g_autoptr (OcgPlaces) places = ocg_places_new (doctor);
  g_auto (GStrv) keys = ocg_places_list_key_files (places);
  g_auto (GStrv) settings = ocg_places_list_settings_files (places);
  g_autofree char *home = g_canonicalize_filename (g_get_home_dir (), NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    check_mode (finding, keys[i], OCG_CHECK_PROBLEM);
  for (guint i = 0; settings[i] != NULL; i++)
    check_mode (finding, settings[i], OCG_CHECK_WARNING);
  /* A home folder may well be open to others; that is not ours to judge. */
  if (!g_str_equal (places->openclaw_folder, home))
    check_mode (finding, places->openclaw_folder, OCG_CHECK_WARNING);
}

static gboolean
is_masked (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
         && g_str_equal (json_node_get_string (node), MASK);
}

static void
add_key (OcgFinding *finding, const char *path)
{
  ocg_finding_suggest (finding, OCG_CHECK_WARNING,
                       _ ("Keys stand in the configuration as plain text."));
  ocg_finding_add_detail (finding, "%s", path);
  if (finding->fix == NULL)
    ocg_finding_set_fix (finding, "openclawctl models auth import");
}

static gboolean
is_local (OcgDoctor *doctor, const char *provider)
{
  for (gsize i = 0; doctor->models != NULL && i < g_variant_n_children (doctor->models); i++)
    {
      g_autoptr (GVariant) model = g_variant_get_child_value (doctor->models, i);

      if (g_str_equal (ocg_record_get_string (model, "provider"), provider))
        return ocg_record_get_boolean (model, "local", FALSE);
    }
  return FALSE;
}

/* A server on this machine often needs no key, and what stands there for it is none. */
static void
check_providers (OcgDoctor *doctor, OcgFinding *finding)
{
  JsonNode *node = ocg_doctor_get_setting (doctor, "models", "providers", NULL);
  g_autoptr (GList) ids = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  ids = json_object_get_members (json_node_get_object (node));
  for (GList *l = ids; l != NULL; l = l->next)
    {
      g_autofree char *path = g_strdup_printf ("models.providers.%s.apiKey", (char *) l->data);

      if (is_masked (ocg_doctor_get_setting (doctor, "models", "providers", l->data, "apiKey",
                                             NULL))
          && !is_local (doctor, l->data))
        add_key (finding, path);
    }
}

/* Whether a variable called @name is likely to hold a secret; the gateway masks all of them. */
static gboolean
is_key_name (const char *name)
{
  return g_str_has_suffix (name, "_KEY") || g_str_has_suffix (name, "_TOKEN")
         || g_str_has_suffix (name, "_SECRET") || g_str_has_suffix (name, "_PASSWORD");
}

static void
check_env (OcgFinding *finding, JsonNode *node, const char *prefix)
{
  g_autoptr (GList) names = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  names = json_object_get_members (json_node_get_object (node));
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *path = g_strdup_printf ("%s.%s", prefix, (char *) l->data);

      if (is_key_name (l->data)
          && is_masked (json_object_get_member (json_node_get_object (node), l->data)))
        add_key (finding, path);
    }
}

void
ocg_check_keys (OcgDoctor *doctor, OcgFinding *finding)
{
  check_files (doctor, finding);
  check_providers (doctor, finding);
  check_env (finding, ocg_doctor_get_setting (doctor, "env", NULL), "env");
  check_env (finding, ocg_doctor_get_setting (doctor, "env", "vars", NULL), "env.vars");
  if (finding->repairs->len > 0 && finding->fix == NULL)
    ocg_finding_set_fix (finding, "openclawctl doctor --fix");
  ocg_finding_suggest (finding, OCG_CHECK_OK, _ ("No key is where others could read it."));
}
