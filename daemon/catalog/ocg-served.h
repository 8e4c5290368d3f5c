/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* What a server says that it serves: a layer of the catalogue, above the built-in data and beneath
 * the user's settings. */

#pragma once

#include <glib.h>

/* A number that is 0 and a text that is NULL are not known. */
typedef struct
{
  char *id;
  char *name;             /* (nullable) for people */
  guint64 max_context;    /* tokens that the model could take */
  guint64 loaded_context; /* tokens that it takes as it is loaded now */
  gboolean takes_images;
  gboolean reasoning;
} OcgServedModel;

typedef struct
{
  char *base_url;    /* of the server; the list says nothing about a provider that has another */
  GPtrArray *models; /* of OcgServedModel, each id once */
} OcgServedList;

OcgServedModel *ocg_served_model_new (const char *id);
void ocg_served_model_free (OcgServedModel *self);

/* @models: (transfer full) */
OcgServedList *ocg_served_list_new (const char *base_url, GPtrArray *models);
void ocg_served_list_free (OcgServedList *self);
/* Either may be NULL, which is like no other. */
gboolean ocg_served_list_equal (const OcgServedList *a, const OcgServedList *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgServedModel, ocg_served_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgServedList, ocg_served_list_free)
