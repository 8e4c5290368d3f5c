/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

#include "config.h"

#include "ocg-answer.h"

#include "ocg-error.h"
#include "ocg-http-request.h"
#include "ocg-json-text.h"
#include "ocg-output.h"
#include "ocg-usage.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define DIM "\033[2m"
#define PLAIN "\033[0m"

struct _OcgAnswer
{
  OcgAnswerFormat format;
  gboolean show_thinking;
  gboolean is_terminal; /* what the model sends must not command it */
  gboolean has_style;
  GString *out; /* not owned */
  GString *text;
  GString *thinking;
  gboolean delivered;   /* some of the answer is there */
  gboolean in_thoughts; /* what was shown last was a thought */
  char last_char;       /* what was shown last; 0: nothing yet */
  JsonObject *usage; /* (nullable) tokens, as far as they are known */
  JsonNode *cost;    /* (nullable) */
  char *model;       /* (nullable) who answered, or tried last */
  char *remark;
  OcgFailure *failure;
  gboolean failure_is_shown;
};

typedef gboolean (*TakeEvent) (OcgAnswer *self, JsonObject *event);

OcgAnswer *
ocg_answer_new (OcgAnswerFormat format, gboolean show_thinking, GString *out)
{
  OcgAnswer *self = g_new0 (OcgAnswer, 1);

  self->format = format;
  self->show_thinking = show_thinking;
  self->is_terminal = ocg_output_is_terminal (STDOUT_FILENO);
  self->has_style = ocg_output_has_style (STDOUT_FILENO);
  self->out = out;
  self->text = g_string_new (NULL);
  self->thinking = g_string_new (NULL);
  return self;
}

void
ocg_answer_free (OcgAnswer *self)
{
  g_string_free (self->text, TRUE);
  g_string_free (self->thinking, TRUE);
  g_clear_pointer (&self->usage, json_object_unref);
  g_clear_pointer (&self->cost, json_node_unref);
  g_free (self->model);
  g_free (self->remark);
  g_clear_pointer (&self->failure, ocg_failure_free);
  g_free (self);
}

const char *
ocg_answer_get_remark (OcgAnswer *self)
{
  return self->remark;
}

OcgFailure *
ocg_answer_steal_failure (OcgAnswer *self, gboolean *is_shown)
{
  *is_shown = self->failure_is_shown;
  return g_steal_pointer (&self->failure);
}

char *
ocg_answer_describe_usage (OcgAnswer *self)
{
  /* Before anything was sent there is nothing to tell. */
  if (self->failure != NULL && self->usage == NULL)
    return NULL;
  return ocg_usage_describe (self->usage, self->cost, self->model);
}

static void
show (OcgAnswer *self, const char *text)
{
  if (self->is_terminal)
    ocg_output_append_clean (self->out, text, TRUE);
  else
    g_string_append (self->out, text);
  if (*text != '\0')
    self->last_char = text[strlen (text) - 1];
}

static void
end_line (OcgAnswer *self)
{
  if (self->last_char != 0 && self->last_char != '\n')
    show (self, "\n");
}

static void
enter_thoughts (OcgAnswer *self)
{
  if (self->in_thoughts)
    return;
  end_line (self);
  if (self->last_char != 0)
    show (self, "\n");
  self->in_thoughts = TRUE;
  if (self->has_style)
    g_string_append (self->out, DIM);
}

static void
leave_thoughts (OcgAnswer *self)
{
  if (!self->in_thoughts)
    return;
  if (self->has_style)
    g_string_append (self->out, PLAIN);
  end_line (self);
  self->in_thoughts = FALSE;
}

/* Leaves an empty line between thoughts and what follows them. */
static void
enter_answer (OcgAnswer *self)
{
  if (!self->in_thoughts)
    return;
  leave_thoughts (self);
  show (self, "\n");
}

static gboolean
take_text (OcgAnswer *self, JsonObject *event)
{
  const char *text = ocg_json_get_string (event, "text");

  self->delivered = TRUE;
  if (text == NULL)
    return TRUE;
  g_string_append (self->text, text);
  if (self->format == OCG_ANSWER_TEXT && *text != '\0')
    {
      enter_answer (self);
      show (self, text);
    }
  return TRUE;
}

static gboolean
take_thinking (OcgAnswer *self, JsonObject *event)
{
  const char *text = ocg_json_get_string (event, "text");

  self->delivered = TRUE;
  if (text == NULL)
    return TRUE;
  g_string_append (self->thinking, text);
  if (self->format == OCG_ANSWER_TEXT && self->show_thinking && *text != '\0')
    {
      enter_thoughts (self);
      show (self, text);
    }
  return TRUE;
}

static gboolean
take_tool_call_piece (OcgAnswer *self, JsonObject *event)
{
  self->delivered = TRUE;
  return TRUE;
}

/* On a line of its own: the name, then the arguments. */
static gboolean
take_tool_call (OcgAnswer *self, JsonObject *event)
{
  const char *name = ocg_json_get_string (event, "name");
  JsonNode *arguments = json_object_get_member (event, "arguments");
  g_autoptr (GString) line = g_string_new (NULL);

  self->delivered = TRUE;
  if (self->format != OCG_ANSWER_TEXT)
    return TRUE;
  ocg_output_append_clean (line, name != NULL ? name : "?", FALSE);
  if (arguments != NULL)
    {
      g_string_append_c (line, ' ');
      ocg_json_append (line, arguments, FALSE);
    }
  g_string_append_c (line, '\n');
  enter_answer (self);
  end_line (self);
  show (self, line->str);
  return TRUE;
}

static gboolean
take_start (OcgAnswer *self, JsonObject *event)
{
  g_free (self->model);
  self->model = g_strdup (ocg_json_get_string (event, "model"));
  return TRUE;
}

static void
keep_usage (OcgAnswer *self, JsonObject *usage)
{
  if (usage == NULL)
    return;
  g_clear_pointer (&self->usage, json_object_unref);
  self->usage = json_object_ref (usage);
}

static gboolean
take_usage (OcgAnswer *self, JsonObject *event)
{
  keep_usage (self, event);
  return TRUE;
}

/* What the last line says counts more than what was said on the way. */
static void
keep_outcome (OcgAnswer *self, JsonObject *event)
{
  JsonObject *partial = ocg_json_get_object (event, "partial");

  keep_usage (self, ocg_json_get_object (partial != NULL ? partial : event, "usage"));
  if (json_object_has_member (event, "cost"))
    {
      g_clear_pointer (&self->cost, json_node_unref);
      self->cost = json_object_dup_member (event, "cost");
    }
  if (ocg_json_get_string (event, "model") != NULL)
    take_start (self, event);
}

static gboolean
take_fallback (OcgAnswer *self, JsonObject *event)
{
  const char *from = ocg_json_get_string (event, "from");
  const char *to = ocg_json_get_string (event, "to");
  const char *message = ocg_json_get_string (event, "message");
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *text = NULL;

  if (self->format != OCG_ANSWER_TEXT || from == NULL || to == NULL)
    return TRUE;
  if (message == NULL)
    message = ocg_json_get_string (event, "error");
  /* TRANSLATORS: MODEL failed (why), trying MODEL. */
  text = g_strdup_printf (_ ("%s failed (%s), trying %s"), from, message != NULL ? message : "?",
                          to);
  ocg_output_append_clean (line, text, FALSE);
  ocg_output_complain (line->str);
  return TRUE;
}

/* What is worth a word about an answer that did not end by itself, or NULL. */
static char *
remark_on_ending (JsonObject *event)
{
  const char *reason = ocg_json_get_string (event, "stop-reason");
  const char *refusal = ocg_json_get_string (event, "refusal");

  if (g_strcmp0 (reason, "length") == 0)
    return g_strdup (_ ("The answer was cut off at the largest number of tokens allowed. Raise it "
                        "with --max-tokens."));
  if (g_strcmp0 (reason, "content-filter") == 0)
    return g_strdup (_ ("The provider's content filter ended the answer."));
  if (g_strcmp0 (reason, "refusal") == 0 && refusal != NULL && *refusal != '\0')
    return g_strdup_printf (_ ("The model refused to answer: %s"), refusal);
  if (g_strcmp0 (reason, "refusal") == 0)
    return g_strdup (_ ("The model refused to answer."));
  return NULL;
}

/* The completion of the D-Bus API: the event with what was streamed before it. */
static void
show_completion (OcgAnswer *self, JsonObject *event)
{
  g_autoptr (JsonObject) completion = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (event);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *calls = ocg_json_get_array (event, "tool-calls");

  if (calls != NULL)
    ocg_json_expand_arguments (calls);
  json_object_set_string_member (completion, "text", self->text->str);
  json_object_set_string_member (completion, "thinking", self->thinking->str);
  for (GList *l = names; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "type"))
      json_object_set_member (completion, l->data, json_object_dup_member (event, l->data));

  node = json_node_init_object (json_node_alloc (), completion);
  ocg_json_append (self->out, node, self->is_terminal);
  g_string_append_c (self->out, '\n');
}

static void fail (OcgAnswer *self, OcgFailure *failure);

/* The request of a dry run, to the last byte; only a terminal wants a line end behind it. */
static void
show_request (OcgAnswer *self, JsonObject *event)
{
  JsonObject *request = ocg_json_get_object (event, "http-request");
  g_autoptr (GString) text = g_string_new (NULL);

  if (request == NULL)
    {
      g_autoptr (GError) error
          = g_error_new_literal (OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION,
                                 _ ("The gateway that is running does not know dry runs, and may "
                                    "have sent the request. Restart it, so that it is of the same "
                                    "version as openclawctl."));

      fail (self, ocg_failure_new_from_error (error));
      return;
    }
  ocg_http_request_append (text, request);
  show (self, text->str);
  if (self->is_terminal)
    end_line (self);
}

static gboolean
take_end (OcgAnswer *self, JsonObject *event)
{
  keep_outcome (self, event);
  if (self->format == OCG_ANSWER_JSON)
    show_completion (self, event);
  if (self->format == OCG_ANSWER_REQUEST)
    show_request (self, event);
  if (self->format == OCG_ANSWER_TEXT)
    {
      leave_thoughts (self);
      end_line (self);
      self->remark = remark_on_ending (event);
    }
  return FALSE;
}

/* Takes @failure. */
static void
fail (OcgAnswer *self, OcgFailure *failure)
{
  self->failure = failure;
  if (self->delivered)
    ocg_failure_set_delivered (failure, self->text->str, self->thinking->str);
  if (self->format == OCG_ANSWER_TEXT)
    {
      leave_thoughts (self);
      end_line (self);
    }
}

static gboolean
take_error (OcgAnswer *self, JsonObject *event)
{
  keep_outcome (self, event);
  fail (self, ocg_failure_new_from_event (event));
  self->failure_is_shown = self->format == OCG_ANSWER_EVENTS;
  return FALSE;
}

static const struct
{
  const char *type;
  TakeEvent take;
} event_types[] = {
  { "start", take_start },
  { "text", take_text },
  { "thinking", take_thinking },
  { "tool-call-start", take_tool_call_piece },
  { "tool-call-delta", take_tool_call_piece },
  { "tool-call", take_tool_call },
  { "fallback", take_fallback },
  { "usage", take_usage },
  { "end", take_end },
  { "error", take_error },
};

gboolean
ocg_answer_take_line (OcgAnswer *self, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = ocg_json_parse (line, length, NULL);
  const char *type = NULL;

  if (self->format == OCG_ANSWER_EVENTS)
    {
      g_string_append_len (self->out, line, (gssize) length);
      g_string_append_c (self->out, '\n');
    }
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    type = ocg_json_get_string (json_node_get_object (node), "type");
  if (type == NULL)
    {
      g_set_error_literal (&error, OCG_ERROR, OCG_ERROR_PROTOCOL_VIOLATION,
                           _ ("The gateway sent something that is not an event. Restart it, so "
                              "that it is of the same version as openclawctl."));
      ocg_answer_fail (self, error);
      return FALSE;
    }
  /* Types that are not known are of a newer gateway and change nothing. */
  for (guint i = 0; i < G_N_ELEMENTS (event_types); i++)
    if (g_str_equal (event_types[i].type, type))
      return event_types[i].take (self, json_node_get_object (node));
  return TRUE;
}

void
ocg_answer_fail (OcgAnswer *self, const GError *error)
{
  fail (self, ocg_failure_new_from_error (error));
}
