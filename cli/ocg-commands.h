/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What the commands do; the table that names them is ocg_commands. */

#pragma once

#include "ocg-cli.h"

int ocg_ask (OcgCli *cli, GError **error);
int ocg_doctor (OcgCli *cli, GError **error);
int ocg_help (OcgCli *cli, GError **error);
int ocg_status (OcgCli *cli, GError **error);

int ocg_models_list (OcgCli *cli, GError **error);
int ocg_models_set (OcgCli *cli, GError **error);
int ocg_models_status (OcgCli *cli, GError **error);

int ocg_aliases_list (OcgCli *cli, GError **error);
int ocg_aliases_add (OcgCli *cli, GError **error);
int ocg_aliases_remove (OcgCli *cli, GError **error);
int ocg_aliases_clear (OcgCli *cli, GError **error);

int ocg_fallbacks_list (OcgCli *cli, GError **error);
int ocg_fallbacks_add (OcgCli *cli, GError **error);
int ocg_fallbacks_remove (OcgCli *cli, GError **error);
int ocg_fallbacks_clear (OcgCli *cli, GError **error);

int ocg_auth_add (OcgCli *cli, GError **error);
int ocg_auth_check_all (OcgCli *cli, GError **error);
int ocg_auth_login (OcgCli *cli, GError **error);
int ocg_auth_paste_token (OcgCli *cli, GError **error);
int ocg_auth_setup_token (OcgCli *cli, GError **error);
int ocg_auth_list (OcgCli *cli, GError **error);
int ocg_auth_remove (OcgCli *cli, GError **error);
int ocg_auth_import (OcgCli *cli, GError **error);
int ocg_auth_order_get (OcgCli *cli, GError **error);
int ocg_auth_order_set (OcgCli *cli, GError **error);
int ocg_auth_order_clear (OcgCli *cli, GError **error);
int ocg_auth_clear_cooldown (OcgCli *cli, GError **error);

int ocg_onboard (OcgCli *cli, GError **error);
int ocg_configure (OcgCli *cli, GError **error);

int ocg_plugins_list (OcgCli *cli, GError **error);
int ocg_plugins_info (OcgCli *cli, GError **error);
int ocg_plugins_enable (OcgCli *cli, GError **error);
int ocg_plugins_disable (OcgCli *cli, GError **error);

int ocg_gateway_status (OcgCli *cli, GError **error);
int ocg_gateway_run (OcgCli *cli, GError **error);
int ocg_gateway_start (OcgCli *cli, GError **error);
int ocg_gateway_stop (OcgCli *cli, GError **error);
int ocg_gateway_restart (OcgCli *cli, GError **error);

int ocg_config_get (OcgCli *cli, GError **error);
int ocg_config_set (OcgCli *cli, GError **error);
int ocg_config_unset (OcgCli *cli, GError **error);
int ocg_config_patch (OcgCli *cli, GError **error);
int ocg_config_validate (OcgCli *cli, GError **error);
int ocg_config_path (OcgCli *cli, GError **error);
int ocg_config_edit (OcgCli *cli, GError **error);
