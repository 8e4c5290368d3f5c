/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* Messages in the language of each caller, in one process: LANGUAGE is unset at start, and the
 * thread's locale is set around everything that makes words. */

#pragma once

#include <glib.h>
#include <locale.h>

typedef struct _OcgLocales OcgLocales;

OcgLocales *ocg_locales_new (void);
void ocg_locales_free (OcgLocales *self);

/* The locale for @name, such as "zh_TW", "zh-TW" or "zh_CN.UTF-8"; English when the C library lacks
 * it; the gateway's own for NULL. Lives as long as @self. */
locale_t ocg_locales_find (OcgLocales *self, const char *name);

typedef locale_t OcgLocaleScope;
OcgLocaleScope ocg_locale_enter (locale_t locale);
void ocg_locale_leave (OcgLocaleScope before);

/* A declaration: until the block ends, the thread speaks @locale. */
#define OCG_LOCALE_SCOPE(locale)                                                                   \
  G_GNUC_UNUSED g_auto (OcgLocaleScope) ocg_locale_scope = ocg_locale_enter (locale)

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (OcgLocaleScope, ocg_locale_leave, (locale_t) 0)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgLocales, ocg_locales_free)
