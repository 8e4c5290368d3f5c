/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "ocg-config-plan.h"

#include <string.h>

#include "ocg-config-path.h"
#include "ocg-json5-edit.h"
#include "ocg-json5-merge.h"

void
ocg_config_change_free (OcgConfigChange *self)
{
  g_free (self->path);
  g_free (self->top);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_pointer (&self->patch, json_node_unref);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self->if_hash);
  g_free (self);
}

static OcgConfigTree *
load (const OcgConfigChange *change, OcgConfigPlan *self)
{
  return ocg_config_tree_load_part (change->path, change->top, ocg_config_overlay_read,
                                    self->overlay);
}

static const char *
get_text (OcgConfigPlan *self, const OcgConfigDocument *document)
{
  GBytes *text = ocg_config_overlay_get_text (self->overlay, document->path);

  return text != NULL ? g_bytes_get_data (text, NULL) : document->text;
}

/* Changes the text of the file that @target is in. */
static gboolean
edit_file (OcgConfigPlan *self, const OcgConfigTarget *target, const OcgConfigEdit *edit)
{
  OcgConfigDocument *document
      = g_ptr_array_index (ocg_config_tree_get_documents (self->after), target->document);
  g_autofree char *text = ocg_json5_edit (get_text (self, document), (const char *const *) target->segments,
                               edit->value, &self->problem);

  if (text != NULL)
    {
      ocg_config_overlay_set_text (self->overlay, document->path, text, strlen (text));
      return TRUE;
    }
  self->outcome = OCG_CONFIG_PLAN_REFUSED;
  self->file = g_strdup (document->path);
  self->edit = g_strdupv (edit->path);
  return FALSE;
}

/* Where there is nothing to take away nothing has to be done. */
static gboolean
edit_tree (OcgConfigPlan *self, const OcgConfigEdit *edit)
{
  const char *const *path = (const char *const *) edit->path;
  g_autoptr (GPtrArray) targets = NULL;

  if (edit->value != NULL)
    {
      g_autoptr (OcgConfigTarget) target = ocg_config_tree_locate (self->after, path);

      return edit_file (self, target, edit);
    }
  targets = ocg_config_tree_locate_all (self->after, path);
  for (guint i = 0; i < targets->len; i++)
    if (!edit_file (self, g_ptr_array_index (targets, i), edit))
      return FALSE;
  return TRUE;
}

/* Reads everything again, with the new texts. */
static gboolean
look_again (OcgConfigPlan *self, const OcgConfigChange *change)
{
  ocg_config_tree_unref (self->after);
  self->after = load (change, self);
  if (ocg_config_tree_is_valid (self->after))
    return TRUE;
  self->outcome = OCG_CONFIG_PLAN_SPOILT;
  return FALSE;
}

static gboolean
is_there (OcgConfigPlan *self, const OcgConfigEdit *edit)
{
  return ocg_config_path_lookup (ocg_config_tree_get_root (self->after),
                                 (const char *const *) edit->path)
         != NULL;
}

static gboolean
make_edit (OcgConfigPlan *self, const OcgConfigChange *change, const OcgConfigEdit *edit)
{
  g_autoptr (GPtrArray) steps
      = ocg_config_edit_widen (edit, ocg_config_tree_get_root (self->after));

  if (change->is_explicit && change->patch == NULL && edit->value == NULL && !is_there (self, edit))
    {
      self->outcome = OCG_CONFIG_PLAN_NOT_FOUND;
      self->edit = g_strdupv (edit->path);
      return FALSE;
    }
  for (guint i = 0; i < steps->len; i++)
    if (!edit_tree (self, g_ptr_array_index (steps, i)) || !look_again (self, change))
      return FALSE;
  return TRUE;
}

static void
make_edits (OcgConfigPlan *self, const OcgConfigChange *change, GPtrArray *edits)
{
  for (guint i = 0; i < edits->len; i++)
    if (!make_edit (self, change, g_ptr_array_index (edits, i)))
      return;
}

/* All of a patch at once, where there is one file only. */
static void
merge_patch (OcgConfigPlan *self, const OcgConfigChange *change)
{
  static const char *const top[] = { NULL };
  OcgConfigDocument *document
      = g_ptr_array_index (ocg_config_tree_get_documents (self->before), 0);
  g_autofree char *text
      = ocg_json5_merge (document->text, top, change->patch, &self->problem);

  if (text != NULL)
    {
      ocg_config_overlay_set_text (self->overlay, document->path, text, strlen (text));
      look_again (self, change);
      return;
    }
  self->outcome = OCG_CONFIG_PLAN_REFUSED;
  self->file = g_strdup (document->path);
  self->edit = g_strdupv ((GStrv) top);
}

static void
run (OcgConfigPlan *self, const OcgConfigChange *change)
{
  g_autoptr (GPtrArray) edits = NULL;

  if (change->if_hash != NULL
      && g_ascii_strcasecmp (change->if_hash, ocg_config_tree_get_hash (self->before)) != 0)
    self->outcome = OCG_CONFIG_PLAN_CONFLICT;
  else if (change->text != NULL)
    {
      gsize length = 0;
      const char *text = g_bytes_get_data (change->text, &length);

      ocg_config_overlay_set_text (self->overlay, change->path, text, length);
      look_again (self, change);
    }
  else if (!ocg_config_tree_is_valid (self->before))
    self->outcome = OCG_CONFIG_PLAN_INVALID;
  else if (change->patch != NULL && ocg_config_tree_get_documents (self->before)->len == 1)
    merge_patch (self, change);
  else
    {
      edits = change->patch != NULL
                  ? ocg_config_patch_to_edits (change->patch,
                                               ocg_config_tree_get_root (self->before))
                  : g_ptr_array_ref (change->edits);
      make_edits (self, change, edits);
    }
}

OcgConfigPlan *
ocg_config_plan_new (const OcgConfigChange *change)
{
  OcgConfigPlan *self = g_new0 (OcgConfigPlan, 1);

  self->overlay = ocg_config_overlay_new ();
  self->before = load (change, self);
  self->after = ocg_config_tree_ref (self->before);
  run (self, change);
  return self;
}

void
ocg_config_plan_free (OcgConfigPlan *self)
{
  ocg_config_overlay_free (self->overlay);
  ocg_config_tree_unref (self->before);
  ocg_config_tree_unref (self->after);
  g_free (self->file);
  g_strfreev (self->edit);
  g_free (self);
}
