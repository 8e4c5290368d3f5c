/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The wire formats. A scenario decides what is answered and how it goes wrong; an Api only knows
 * how its requests are read and its answers are written. Adding one touches the table in api.c. */

#pragma once

#include <json-glib/json-glib.h>

/* What the scenarios want to know of a request. */
typedef struct
{
  char *model;
  gboolean stream;
  gint64 max_tokens; /* -1: not given */
  GString *prompt;   /* the text, or the tool results, of the last message */
  guint64 size;      /* characters in all messages */
  GPtrArray *tools;  /* names, of char* */
} Chat;

typedef enum
{
  BLOCK_TEXT,
  BLOCK_THINKING,
  BLOCK_REDACTED,
  BLOCK_TOOL,
} BlockType;

typedef struct
{
  BlockType type;
  char *text;      /* text, thought, redacted data, or the arguments of the tool call */
  char *name;      /* BLOCK_TOOL */
  char *id;        /* BLOCK_TOOL */
  char *signature; /* BLOCK_THINKING */
} Block;

typedef enum
{
  USAGE_AT_END,   /* zeros at the start, the truth at the end, as MiniMax does */
  USAGE_AT_START, /* the input side at the start, as Anthropic does */
  USAGE_ABSENT,
  USAGE_NULL,
} UsageStyle;

typedef struct
{
  char *id;
  char *model;
  GPtrArray *blocks;        /* of Block* */
  const char *stop_reason;  /* in the words of anthropic-messages */
  gboolean two_ends;        /* the stop reason comes in the second of two message_delta events */
  gboolean whole_arguments; /* tool arguments in the start event, without deltas */
  UsageStyle usage;
  guint64 input;
  guint64 output;
  guint64 cache_read;
  guint64 cache_write;
} Answer;

typedef enum
{
  EVENT_OPENING,  /* before anything was said */
  EVENT_CONTENT,  /* something the user would see */
  EVENT_FRAME,    /* begin and end of blocks */
  EVENT_STOPPING, /* stop reason and usage */
  EVENT_TERMINAL, /* the API's own end */
} EventKind;

typedef struct
{
  EventKind kind;
  const char *name; /* (nullable) */
  GString *data;
} Event;

typedef struct
{
  const char *path; /* what the request's path ends with */

  void (*read) (JsonObject *json, Chat *chat);
  /* What is wrong with the request, or NULL. @strict: as Anthropic's own server, else as MiniMax.
   */
  char *(*check) (JsonObject *json, gboolean strict);
  void (*render_events) (const Answer *answer, GPtrArray *events);
  char *(*render_body) (const Answer *answer);
  /* One text delta of block 0, framed with "\n". */
  void (*append_delta) (GString *out, const char *text);
  /* @http_code: MiniMax repeats the status in the body. */
  char *(*render_error) (const char *type, const char *message, guint http_code, const char *code);
} Api;

/* The API of @path and, in @prefix, what stands before it. */
const Api *api_find (const char *path, char **prefix);

Chat *chat_new (void);
void chat_free (Chat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Chat, chat_free)

Answer *answer_new (const char *model);
void answer_free (Answer *self);
Block *answer_add (Answer *self, BlockType type, const char *text);
void answer_add_thinking (Answer *self, const char *text);
void answer_add_tool (Answer *self, const char *name, const char *arguments);

/* What a thought is signed with; it depends on the model family, so foreign ones are recognised. */
char *thinking_signature (const char *model, const char *text);

Event *event_new (EventKind kind, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);
void event_free (Event *self);

extern const Api anthropic_api;
