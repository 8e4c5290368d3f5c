/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Reading standard input until a signal comes. The thread of the bus may be the one that gets it, so
 * that a system call of ours need not be interrupted: a pipe tells instead. */

#pragma once

#include <glib.h>

/* Catches @signals, which ends with 0, until ocg_signal_input_end(); not twice at a time. */
void ocg_signal_input_begin (const int *signals);
void ocg_signal_input_end (void);

/* As read() from standard input; also -1 once a signal has come. */
gssize ocg_signal_input_read (char *bytes, gsize size);
/* The last signal since the beginning; 0: none. It is kept after the end. */
int ocg_signal_input_get_caught (void);
