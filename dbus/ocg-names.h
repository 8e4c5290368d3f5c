/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Every name that the daemon and its clients have to agree upon. */

#pragma once

#define OCG_BUS_NAME "org.openclaw.Gateway"
#define OCG_OBJECT_PATH "/org/openclaw/Gateway"
#define OCG_REQUEST_PATH OCG_OBJECT_PATH "/request"
#define OCG_LOGIN_PATH OCG_OBJECT_PATH "/login"

#define OCG_IFACE_GATEWAY "org.openclaw.Gateway"
#define OCG_IFACE_CREDENTIALS "org.openclaw.Gateway.Credentials"
#define OCG_IFACE_CONFIG "org.openclaw.Gateway.Config"
#define OCG_IFACE_REQUEST "org.openclaw.Gateway.Request"
#define OCG_IFACE_LOGIN "org.openclaw.Gateway.Login"
#define OCG_IFACE_USAGE "org.openclaw.Gateway.Usage"
#define OCG_IFACE_PLUGINS "org.openclaw.Gateway.Plugins"

#define OCG_ERROR_PREFIX "org.openclaw.Gateway.Error."

#define OCG_API_VERSION 1

/* Environment variables that OpenClaw users know. */
#define OCG_ENV_CONFIG_PATH "OPENCLAW_CONFIG_PATH"
#define OCG_ENV_STATE_DIR "OPENCLAW_STATE_DIR"

/* The Secret Service schema of our keyring items. */
#define OCG_SECRET_SCHEMA "org.openclaw.Gateway.Credential"

/* Bounds on what a client may hand in. Bytes, unless the name says otherwise. */
#define OCG_MAX_SECRET_SIZE (64 * 1024)
#define OCG_MAX_IMAGE_SIZE (5 * 1024 * 1024)
#define OCG_MAX_REQUEST_SIZE (32 * 1024 * 1024)
#define OCG_FD_READ_TIMEOUT_MS 10000

/* GDBus, libdbus and sd-bus give up on a reply after 25 s: answer just before. */
#define OCG_COMPLETE_TIMEOUT_MS 24000

/* In place of /etc/openclaw, for tests and private installations. */
#define OCG_ENV_ADMIN_DIR "OPENCLAW_GATEWAY_ADMIN_DIR"
/* In place of the data folder of the program, which holds providers.d. */
#define OCG_ENV_DATA_DIR "OPENCLAW_GATEWAY_DATA_DIR"
