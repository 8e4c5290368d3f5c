/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* A session bus and a gnome-keyring-daemon of our own, with a home of their own. One bus a program,
 * a fresh home for each ocg_test_keyring_reset(). */

#pragma once

#include <gio/gio.h>

#define OCG_TEST_COLLECTION "/org/freedesktop/secrets/collection/login"

/* Starts the bus; FALSE when dbus-daemon or gnome-keyring-daemon are not installed. */
gboolean ocg_test_keyring_begin (void);
void ocg_test_keyring_end (void);

/* Stops the keyring and gives the next one an empty home. */
void ocg_test_keyring_reset (void);
/* @password makes or unlocks the login keyring; NULL starts it locked (or without one).
 * @prompter: (nullable) bus name of a mock prompter */
void ocg_test_keyring_start (const char *password, const char *prompter);
void ocg_test_keyring_stop (void);

/* Somebody else, with a connection of their own. */
GDBusConnection *ocg_test_keyring_get_other (void);
GVariant *ocg_test_keyring_call (const char *path, const char *interface, const char *method,
                                 GVariant *arguments);
void ocg_test_keyring_lock (void);
/* The path of the one item with this attribute, or NULL. */
char *ocg_test_keyring_search (const char *attribute, const char *value);
void ocg_test_keyring_delete (const char *attribute, const char *value);

/* Restarts the keyring, locked, with a display that a prompter is on whose answers are laid out
 * before. FALSE (and the test is skipped) without gnome-keyring's own library for that. */
gboolean ocg_test_prompter_begin (void);
void ocg_test_prompter_end (void);
/* @password: NULL dismisses the prompt */
void ocg_test_prompter_expect (const char *password, guint delay_ms);
gboolean ocg_test_prompter_is_expecting (void);

/* Lets what others did arrive at the session bus connection, as it has when a client calls. */
void ocg_test_keyring_settle (void);

/* Runs the main loop until *@done; fails the test after ten seconds. */
void ocg_test_wait_until (const gboolean *done);
void ocg_test_wait_ms (guint milliseconds);
