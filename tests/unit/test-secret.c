/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include <glib.h>
#include <string.h>

#include "credentials/ocg-secret.h"

static void
test_copies (void)
{
  char source[] = "sk-abc";
  g_autoptr (OcgSecret) secret = ocg_secret_new (source, -1);

  memset (source, 'x', sizeof source - 1);
  g_assert_cmpstr (ocg_secret_peek (secret), ==, "sk-abc");
}

static void
test_length (void)
{
  g_autoptr (OcgSecret) part = ocg_secret_new ("sk-abcdef", 6);
  g_autoptr (OcgSecret) empty = ocg_secret_new ("", -1);
  g_autoptr (OcgSecret) nothing = ocg_secret_new ("sk", 0);

  g_assert_cmpstr (ocg_secret_peek (part), ==, "sk-abc");
  g_assert_cmpstr (ocg_secret_peek (empty), ==, "");
  g_assert_cmpstr (ocg_secret_peek (nothing), ==, "");
}

static void
test_references (void)
{
  OcgSecret *secret = ocg_secret_new ("sk-abc", -1);
  OcgSecret *again = ocg_secret_ref (secret);

  g_assert_true (again == secret);
  ocg_secret_unref (secret);
  g_assert_cmpstr (ocg_secret_peek (again), ==, "sk-abc");
  ocg_secret_unref (again);
}

static void
test_wipe (void)
{
  char memory[8] = "secrets";
  const char zeros[8] = { 0 };

  ocg_secret_wipe (memory, 6);
  g_assert_cmpmem (memory, 6, zeros, 6);
  g_assert_cmpint (memory[6], ==, 's');
  ocg_secret_wipe (NULL, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/copies", test_copies);
  g_test_add_func ("/secret/length", test_length);
  g_test_add_func ("/secret/references", test_references);
  g_test_add_func ("/secret/wipe", test_wipe);
  return g_test_run ();
}
