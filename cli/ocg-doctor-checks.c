/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include <glib/gi18n.h>

const OcgCheck ocg_checks[] = {
  { "bus", N_ ("Session bus"), ocg_check_bus },
  { "activation", N_ ("Gateway"), ocg_check_activation },
  { "keyring", N_ ("Keyring"), ocg_check_keyring },
  { "config", N_ ("Configuration"), ocg_check_config },
  { "keys", N_ ("Keys in files"), ocg_check_keys },
  { "environment", N_ ("Environment"), ocg_check_environment },
  { "stale-files", N_ ("Leftover files"), ocg_check_stale_files },
  { "proxy", N_ ("Proxy"), ocg_check_proxy },
  { "clock", N_ ("Clock"), ocg_check_clock },
  { "models", N_ ("Models"), ocg_check_models },
  { "local-servers", N_ ("Local servers"), ocg_check_local_servers },
  { NULL },
};
