/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Where the user's files are. */

#pragma once

#include "ocg-doctor.h"

typedef struct
{
  char *config;          /* openclaw.json */
  char *config_folder;   /* of config, links followed: where temporary files would be */
  char *desktop;         /* desktop.json */
  char *desktop_folder;
  char *openclaw_folder; /* OpenClaw's state folder, with .env and the keys of its agents */
  char *state_folder;    /* the gateway's own */
} OcgPlaces;

/* As the gateway says, else as this terminal's environment does. */
OcgPlaces *ocg_places_new (OcgDoctor *doctor);
void ocg_places_free (OcgPlaces *self);

/* The files of OpenClaw and MiniMax's own program that hold keys, whether or not they exist. */
GStrv ocg_places_list_key_files (const OcgPlaces *self);
/* The files with settings, which may hold keys. */
GStrv ocg_places_list_settings_files (const OcgPlaces *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgPlaces, ocg_places_free)
