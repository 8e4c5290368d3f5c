/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-test-keyring.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECRETS "org.freedesktop.secrets"

/* No folder of services: what a test does not start is not there. */
static const char bus_config[]
    = "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
      " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
      "<busconfig><type>session</type><listen>unix:path=%s/bus</listen><auth>EXTERNAL</auth>\n"
      "<policy context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/>\n"
      "<allow own=\"*\"/></policy></busconfig>\n";

static struct
{
  char *folder;
  char *home;
  GPid bus_pid;
  GPid keyring_pid;
  GDBusConnection *other;
} fixture;

static void
child_setup (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
stop_child (GPid *pid)
{
  if (*pid == 0)
    return;
  kill (*pid, SIGTERM);
  waitpid (*pid, NULL, 0);
  *pid = 0;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!g_file_test (child, G_FILE_TEST_IS_SYMLINK) && g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static gboolean
wait_for_name (const char *name, gboolean present)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
          fixture.other, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
          "NameHasOwner", g_variant_new ("(s)", name), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
          NULL);
      gboolean owned = FALSE;

      if (reply != NULL)
        g_variant_get (reply, "(b)", &owned);
      if (owned == present)
        return TRUE;
      g_usleep (10000);
    }
  return FALSE;
}

gboolean
ocg_test_keyring_begin (void)
{
  g_autofree char *bus = g_find_program_in_path ("dbus-daemon");
  g_autofree char *keyring = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *config = NULL;
  g_autofree char *config_arg = NULL;
  g_autofree char *text = NULL;
  g_autofree char *socket = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  if (bus == NULL || keyring == NULL)
    return FALSE;

  fixture.folder = g_dir_make_tmp ("ocg-keyring-XXXXXX", &error);
  g_assert_no_error (error);
  config = g_build_filename (fixture.folder, "bus.conf", NULL);
  text = g_strdup_printf (bus_config, fixture.folder);
  g_assert_true (g_file_set_contents (config, text, -1, NULL));
  config_arg = g_strconcat ("--config-file=", config, NULL);
  g_spawn_async (NULL, (char **) (const char *[]){ bus, config_arg, "--nofork", NULL }, NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, child_setup, NULL,
                 &fixture.bus_pid, &error);
  g_assert_no_error (error);

  socket = g_build_filename (fixture.folder, "bus", NULL);
  address = g_strconcat ("unix:path=", socket, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");

  for (guint i = 0; i < 500 && fixture.other == NULL; i++)
    {
      fixture.other = g_dbus_connection_new_for_address_sync (
          address,
          G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
              | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
          NULL, NULL, NULL);
      if (fixture.other == NULL)
        g_usleep (10000);
    }
  g_assert_nonnull (fixture.other);
  return TRUE;
}

void
ocg_test_keyring_stop (void)
{
  if (fixture.keyring_pid == 0)
    return;
  stop_child (&fixture.keyring_pid);
  g_assert_true (wait_for_name (SECRETS, FALSE));
}

void
ocg_test_keyring_reset (void)
{
  static guint count = 0;

  ocg_test_keyring_stop ();
  g_free (fixture.home);
  fixture.home = g_strdup_printf ("%s/home%u", fixture.folder, count++);
  g_assert_cmpint (g_mkdir (fixture.home, 0700), ==, 0);
}

void
ocg_test_keyring_end (void)
{
  ocg_test_keyring_stop ();
  g_clear_object (&fixture.other);
  stop_child (&fixture.bus_pid);
  remove_tree (fixture.folder);
  g_clear_pointer (&fixture.folder, g_free);
  g_clear_pointer (&fixture.home, g_free);
}

static gboolean
is_unlocked (void)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      fixture.other, SECRETS, OCG_TEST_COLLECTION, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", "org.freedesktop.Secret.Collection", "Locked"), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_autoptr (GVariant) value = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(v)", &value);
  return !g_variant_get_boolean (value);
}

void
ocg_test_keyring_start (const char *password, const char *prompter)
{
  const char *arguments[] = { "gnome-keyring-daemon", "--foreground", "--components=secrets",
                              password != NULL ? "--unlock" : NULL, NULL };
  g_auto (GStrv) environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  int in = -1;

  environment = g_environ_setenv (environment, "HOME", fixture.home, TRUE);
  environment = g_environ_setenv (environment, "XDG_DATA_HOME", fixture.home, TRUE);
  environment = g_environ_setenv (environment, "XDG_CONFIG_HOME", fixture.home, TRUE);
  environment = g_environ_setenv (environment, "XDG_CACHE_HOME", fixture.home, TRUE);
  environment = g_environ_setenv (environment, "XDG_RUNTIME_DIR", fixture.home, TRUE);
  if (prompter != NULL)
    environment = g_environ_setenv (environment, "GNOME_KEYRING_TEST_PROMPTER", prompter, TRUE);

  g_spawn_async_with_pipes (NULL, (char **) arguments, environment,
                            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD
                                | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                            child_setup, NULL, &fixture.keyring_pid, &in, NULL, NULL, &error);
  g_assert_no_error (error);
  if (password != NULL)
    g_assert_cmpint (write (in, password, strlen (password)), ==, (gssize) strlen (password));
  close (in);

  g_assert_true (wait_for_name (SECRETS, TRUE));
  for (guint i = 0; password != NULL && i < 500 && !is_unlocked (); i++)
    g_usleep (10000);
  g_assert_true (password == NULL || is_unlocked ());
}

GDBusConnection *
ocg_test_keyring_get_other (void)
{
  return fixture.other;
}

GVariant *
ocg_test_keyring_call (const char *path, const char *interface, const char *method,
                       GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (fixture.other, SECRETS, path, interface, method,
                                                 arguments, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                                 -1, NULL, &error);

  g_assert_no_error (error);
  return reply;
}

void
ocg_test_keyring_lock (void)
{
  const char *paths[] = { OCG_TEST_COLLECTION, NULL };
  g_autoptr (GVariant) reply = ocg_test_keyring_call ("/org/freedesktop/secrets",
                                                      "org.freedesktop.Secret.Service", "Lock",
                                                      g_variant_new ("(^ao)", paths));

  g_assert_false (is_unlocked ());
  g_assert_nonnull (reply);
}

char *
ocg_test_keyring_search (const char *attribute, const char *value)
{
  GVariantBuilder attributes;
  g_autoptr (GVariant) reply = NULL;
  g_autofree const char **paths = NULL;

  g_variant_builder_init (&attributes, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&attributes, "{ss}", attribute, value);
  reply = ocg_test_keyring_call (OCG_TEST_COLLECTION, "org.freedesktop.Secret.Collection",
                                 "SearchItems", g_variant_new ("(a{ss})", &attributes));
  g_variant_get (reply, "(^a&o)", &paths);
  g_assert_cmpuint (g_strv_length ((char **) paths), <=, 1);
  return g_strdup (paths[0]);
}

void
ocg_test_keyring_delete (const char *attribute, const char *value)
{
  g_autofree char *path = ocg_test_keyring_search (attribute, value);
  g_autoptr (GVariant) reply = NULL;

  g_assert_nonnull (path);
  reply = ocg_test_keyring_call (path, "org.freedesktop.Secret.Item", "Delete", NULL);
  g_assert_nonnull (reply);
}

/* gnome-keyring's own for tests, of a library that it links; the headers are rarely installed. */
static struct
{
  gpointer library;
  const char *(*start) (void);
  void (*stop) (void);
  void (*expect_password_ok) (const char *password, const char *first_property, ...);
  void (*expect_password_cancel) (void);
  gboolean (*is_expecting) (void);
  void (*set_delay_msec) (guint);
} prompter;

gboolean
ocg_test_prompter_begin (void)
{
  prompter.library = dlopen ("libgcr-base-3.so.1", RTLD_NOW | RTLD_NODELETE);
  if (prompter.library == NULL)
    {
      g_test_skip ("libgcr-base is not installed");
      return FALSE;
    }
#define LOAD(name)                                                                                 \
  *(void **) &prompter.name = dlsym (prompter.library, "gcr_mock_prompter_" #name)
  LOAD (start);
  LOAD (stop);
  LOAD (expect_password_ok);
  LOAD (expect_password_cancel);
  LOAD (is_expecting);
  LOAD (set_delay_msec);
#undef LOAD
  ocg_test_keyring_stop ();
  ocg_test_keyring_start (NULL, prompter.start ());
  g_setenv ("DISPLAY", ":99", TRUE);
  return TRUE;
}

void
ocg_test_prompter_end (void)
{
  g_unsetenv ("DISPLAY");
  ocg_test_keyring_stop ();
  prompter.stop ();
  dlclose (prompter.library);
}

void
ocg_test_prompter_expect (const char *password, guint delay_ms)
{
  prompter.set_delay_msec (delay_ms);
  if (password != NULL)
    prompter.expect_password_ok (password, NULL);
  else
    prompter.expect_password_cancel ();
}

gboolean
ocg_test_prompter_is_expecting (void)
{
  return prompter.is_expecting ();
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
ocg_test_wait_until (const gboolean *done)
{
  gboolean late = FALSE;
  guint id = g_timeout_add (10000, on_timeout, &late);

  while (!*done && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (*done);
  g_source_remove (id);
}

static void
on_pinged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              NULL);

  *(gboolean *) user_data = reply != NULL;
}

void
ocg_test_keyring_settle (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  gboolean done = FALSE;

  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "GetId", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, on_pinged, &done);
  ocg_test_wait_until (&done);
}

void
ocg_test_wait_ms (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_timeout, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
