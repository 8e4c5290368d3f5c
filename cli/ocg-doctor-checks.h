/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The checks of the doctor. */

#pragma once

#include "ocg-doctor.h"

typedef struct
{
  const char *id;
  const char *title; /* to be translated */
  void (*run) (OcgDoctor *doctor, OcgFinding *finding);
} OcgCheck;

/* Ends with a row whose id is NULL. */
extern const OcgCheck ocg_checks[];

void ocg_check_bus (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_activation (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_keyring (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_config (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_keys (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_environment (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_stale_files (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_proxy (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_clock (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_models (OcgDoctor *doctor, OcgFinding *finding);
void ocg_check_local_servers (OcgDoctor *doctor, OcgFinding *finding);
