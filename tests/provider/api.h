/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The wire formats. A scenario decides what is answered and how it goes wrong; an Api only knows
 * how its requests are read and its answers are written. Adding one touches the table in api.c. */

#pragma once

#include "flavour.h"
#include "members.h"

/* What scenarios and answers want to know of a request. */
typedef struct
{
  char *model;
  gboolean stream;
  gboolean stream_options;    /* they are there */
  gboolean include_usage;     /* openai-completions */
  gboolean reasoning_split;   /* openai-completions, MiniMax */
  gboolean include_encrypted; /* openai-responses: encrypted thoughts were asked for */
  gint64 max_tokens;          /* -1: not given */
  GString *prompt;            /* the text, or the tool results, of the last message */
  guint64 size;               /* characters in all messages */
  GPtrArray *tools;           /* names, of char* */
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
  Flavour flavour;
  const Chat *chat;    /* what is answered */
  JsonArray *models;   /* (owned) for the model lists */
  guint quirks;        /* bits that the API itself defines */
  gboolean open_ended; /* more text comes than the blocks say: do not repeat it at the end */
  char *model;
  GPtrArray *blocks;        /* of Block* */
  const char *stop_reason;  /* in the words of anthropic-messages */
  const char *failure;      /* (nullable) openai-responses: the error code it ends with */
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
  guint status;
  const char *type; /* in the words of anthropic-messages, or of the API itself */
  const char *message;
  const char *param; /* (nullable) */
  const char *code;  /* (nullable) */
  gboolean minimax;  /* with the status in the body, as MiniMax does */
} ApiError;

/* What is wrong with a request. */
typedef struct
{
  char *message;
  char *param;      /* (nullable) */
  const char *code; /* (nullable) */
} Problem;

typedef struct
{
  const char *method;
  const char *path; /* what the request's path ends with */
  Lists list;       /* of models; 0: a completion */

  void (*read) (JsonObject *json, Chat *chat);
  /* What a server of that flavour refuses, or NULL. */
  Problem *(*check) (JsonObject *json, Flavour flavour);
  /* Lists have no events. */
  void (*render_events) (const Answer *answer, GPtrArray *events);
  char *(*render_body) (const Answer *answer);
  char *(*render_error) (const ApiError *error, Flavour flavour);

  /* Events in the middle of a stream, framed with "\n": a text delta of block 0, an error. */
  void (*append_delta) (const Answer *answer, GString *out, const char *text);
  void (*append_error) (GString *out, const char *type, const char *message);
  const char *ping;    /* a sign of life */
  const char *garbage; /* an event that is no JSON */
  const char *noise;   /* things to be ignored after content */
} Api;

/* The API of a request and, in @prefix, what stands before its path, without "/v1". */
const Api *api_find (const char *method, const char *path, char **prefix);

Problem *problem_new (const char *param, const char *code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void problem_free (Problem *self);

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

/* The words of all blocks of @type. */
char *answer_text (const Answer *self, BlockType type);

Event *event_new (EventKind kind, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);
Event *event_new_json (EventKind kind, const char *name, JsonObject *data); /* taken */
void event_free (Event *self);

extern const Api anthropic_api;
extern const Api completions_api;
extern const Api responses_api;
extern const Api list_apis[];
extern const guint n_list_apis;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Problem, problem_free)
