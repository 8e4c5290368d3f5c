/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-doctor-checks.h"

#include "ocg-names.h"
#include "ocg-records.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_FALLBACKS 16

static void
explain_keyless (OcgFinding *finding, GVariant *record, const char *ref, OcgCheckState state)
{
  const char *provider = ocg_record_get_string (record, "provider");
  /* TRANSLATORS: %s is a reference to a model. */
  g_autofree char *text = g_strdup_printf (_ ("%s has no key."), ref);

  ocg_finding_suggest (finding, state, text);
  if (finding->fix == NULL && *provider != '\0')
    ocg_finding_set_fix (finding, "openclawctl models auth add --provider %s", provider);
}

/* Says so when @ref means no model, or one without its key; @state: how bad that is. */
static void
check_model (OcgDoctor *doctor, OcgFinding *finding, const char *ref, OcgCheckState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) record = NULL;
  g_autoptr (GVariant) reply
      = ocg_doctor_call (doctor, OCG_BUS_NAME, OCG_OBJECT_PATH, OCG_IFACE_GATEWAY, "ResolveModel",
                         g_variant_new ("(s@a{sv})", ref, ocg_client_options ()), "(a{sv})",
                         &error);

  if (reply == NULL)
    {
      /* TRANSLATORS: %s is a reference to a model. */
      g_autofree char *text = g_strdup_printf (_ ("%s cannot be used."), ref);

      ocg_finding_suggest (finding, state, text);
      ocg_finding_add_detail (finding, "%s", error->message);
      if (finding->fix == NULL)
        /* TRANSLATORS: %s are commands. */
        ocg_finding_set_fix (finding, _ ("Choose another one from “%1$s”, with “%2$s”."),
                             "openclawctl models list",
                             state == OCG_CHECK_PROBLEM ? "openclawctl models set REF"
                                                        : "openclawctl models fallbacks add REF");
      return;
    }
  record = g_variant_get_child_value (reply, 0);
  if (g_str_equal (ocg_record_get_string (record, "credential"), "missing"))
    explain_keyless (finding, record, ref, state);
}

static void
check_fallbacks (OcgDoctor *doctor, OcgFinding *finding)
{
  g_autofree const char **refs = ocg_record_get_strv (doctor->gateway, "FallbackModels");

  for (guint i = 0; refs != NULL && refs[i] != NULL && i < MAX_FALLBACKS; i++)
    check_model (doctor, finding, refs[i], OCG_CHECK_WARNING);
}

static void
check_allowlist (OcgDoctor *doctor, OcgFinding *finding)
{
  JsonNode *node = ocg_doctor_get_setting (doctor, "agents", "defaults", "models", NULL);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  ocg_finding_suggest (finding, OCG_CHECK_NOTE,
                       _ ("Only the models in agents.defaults.models can be used. To allow all "
                          "again, take that object out of the configuration."));
}

void
ocg_check_models (OcgDoctor *doctor, OcgFinding *finding)
{
  const char *model = NULL;

  if (!ocg_doctor_has_gateway (doctor, finding))
    return;
  model = ocg_record_get_string (doctor->gateway, "DefaultModel");
  if (*model == '\0')
    {
      ocg_finding_set (finding, OCG_CHECK_WARNING, "%s",
                       _ ("No default model is set, so apps that name none get no answer."));
      ocg_finding_set_fix (finding, "openclawctl models set REF");
    }
  else
    check_model (doctor, finding, model, OCG_CHECK_PROBLEM);
  check_fallbacks (doctor, finding);
  check_allowlist (doctor, finding);
  if (*finding->message == '\0')
    /* TRANSLATORS: %s is a reference to a model. */
    ocg_finding_set (finding, OCG_CHECK_OK, _ ("The default model, %s, can be used."), model);
}
