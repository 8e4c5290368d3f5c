/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include <glib/gi18n.h>

#define NAME "org.freedesktop.secrets"
#define PATH "/org/freedesktop/secrets"
#define SERVICE "org.freedesktop.Secret.Service"
#define COLLECTION "org.freedesktop.Secret.Collection"

static void
explain_missing (OcgFinding *finding)
{
  ocg_finding_set (finding, OCG_CHECK_WARNING, "%s",
                   _ ("No program keeps keys here, so none can be stored. Local models and keys "
                      "from the environment work without."));
  ocg_finding_set_fix (finding, "%s",
                       _ ("Install gnome-keyring, KWallet 6 or KeePassXC (switch on its Secret "
                          "Service), and log in again."));
}

/* The path of the collection that "default" stands for; "/" for none, NULL when nobody says. */
static char *
read_default (OcgDoctor *doctor, GError **error)
{
  g_autoptr (GVariant) reply
      = ocg_doctor_call (doctor, NAME, PATH, SERVICE, "ReadAlias",
                         g_variant_new ("(s)", "default"), "(o)", error);
  char *path = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(o)", &path);
  return path;
}

/* The only collection that lasts, for which the gateway needs no default; "/" for none or several,
 * and when nobody says. */
static char *
read_only_one (OcgDoctor *doctor)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply
      = ocg_doctor_call (doctor, NAME, PATH, "org.freedesktop.DBus.Properties", "Get",
                         g_variant_new ("(ss)", SERVICE, "Collections"), "(v)", NULL);
  g_autofree const char **paths = NULL;
  const char *only = NULL;

  if (reply == NULL)
    return g_strdup ("/");
  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_OBJECT_PATH_ARRAY))
    paths = g_variant_get_objv (value, NULL);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    if (!g_str_equal (paths[i], PATH "/collection/session"))
      only = only == NULL ? paths[i] : "/";
  return g_strdup (only != NULL ? only : "/");
}

/* Only reads a property, which never makes anybody ask for a password. */
static gboolean
read_locked (OcgDoctor *doctor, const char *collection, gboolean *is_locked, GError **error)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) reply
      = ocg_doctor_call (doctor, NAME, collection, "org.freedesktop.DBus.Properties", "Get",
                         g_variant_new ("(ss)", COLLECTION, "Locked"), "(v)", error);

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(v)", &value);
  *is_locked
      = g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value);
  return TRUE;
}

static void
explain_locked (OcgFinding *finding)
{
  ocg_finding_set (finding, OCG_CHECK_NOTE, "%s",
                   _ ("It is locked. The desktop asks for its password when a key is needed."));
  if (g_getenv ("SSH_CONNECTION") == NULL)
    return;
  ocg_finding_set (finding, OCG_CHECK_WARNING, "%s",
                   _ ("It is locked, and over SSH nobody can be asked for its password."));
  ocg_finding_set_fix (finding, "%s", _ ("Unlock it at the desktop, or run: gnome-keyring-daemon "
                                         "--unlock (it reads the password from standard input)."));
}

static void
explain_silence (OcgFinding *finding, const GError *error)
{
  ocg_finding_set (finding, OCG_CHECK_WARNING,
                   /* TRANSLATORS: %s is the reason that the bus gave. */
                   _ ("It does not answer as it should: %s"), error->message);
  ocg_finding_set_fix (finding, "%s", _ ("Log out and in again."));
}

void
ocg_check_keyring (OcgDoctor *doctor, OcgFinding *finding)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *collection = NULL;
  gboolean is_locked = FALSE;

  if (!ocg_doctor_has_bus (doctor, finding))
    return;
  if (!ocg_doctor_is_running (doctor, NAME))
    {
      if (ocg_doctor_is_activatable (doctor, NAME))
        ocg_finding_set (finding, OCG_CHECK_OK, "%s", _ ("It starts when it is needed."));
      else
        explain_missing (finding);
      return;
    }
  collection = read_default (doctor, &error);
  if (g_strcmp0 (collection, "/") == 0)
    {
      g_free (collection);
      collection = read_only_one (doctor);
    }
  if (collection == NULL)
    explain_silence (finding, error);
  else if (g_str_equal (collection, "/"))
    {
      ocg_finding_set (finding, OCG_CHECK_WARNING, "%s",
                       _ ("It has no default collection, so no key can be stored."));
      ocg_finding_set_fix (finding, "%s",
                           _ ("Make one in “Passwords and Keys” (seahorse) and set it as default; "
                              "in KeePassXC, choose a group in the settings of the Secret "
                              "Service, and open one database only."));
    }
  else if (!read_locked (doctor, collection, &is_locked, &error))
    explain_silence (finding, error);
  else if (is_locked)
    explain_locked (finding);
  else
    ocg_finding_set (finding, OCG_CHECK_OK, "%s", _ ("It is unlocked."));
}
