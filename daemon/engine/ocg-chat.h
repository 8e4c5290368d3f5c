/* SPDX-License-Identifier: LGPL-2.1-or-later
 * SPDX-FileCopyrightText: 2026 The OpenClaw Gateway authors */

/* The canonical conversation that every wire API is built from. Values only, checked by whoever
 * fills them in. */

#pragma once

#include <glib.h>

typedef enum
{
  OCG_ROLE_SYSTEM,
  OCG_ROLE_USER,
  OCG_ROLE_ASSISTANT,
  OCG_ROLE_TOOL,
} OcgRole;

typedef enum
{
  OCG_PART_TEXT,        /* text */
  OCG_PART_IMAGE,       /* media_type, data */
  OCG_PART_THINKING,    /* text, replay */
  OCG_PART_TOOL_CALL,   /* id, name, arguments */
  OCG_PART_TOOL_RESULT, /* id, name, content, is_error */
} OcgPartType;

typedef struct
{
  OcgPartType type;
  char *text;
  char *replay; /* (nullable) opaque, made by ocg_replay_pack() */
  char *id;
  char *name;      /* (nullable) in results */
  char *arguments; /* a JSON object */
  char *media_type;
  GBytes *data;
  int fd;             /* an image still to be read from here, else -1; closed on free */
  GPtrArray *content; /* of OcgPart: text and images of a result */
  gboolean is_error;
} OcgPart;

typedef struct
{
  OcgRole role;
  GPtrArray *parts; /* of OcgPart */
} OcgMessage;

typedef struct
{
  char *name;
  char *description; /* (nullable) */
  char *parameters;  /* a JSON schema, an object */
} OcgTool;

typedef enum
{
  OCG_THINKING_DEFAULT, /* the model's own */
  OCG_THINKING_OFF,
  OCG_THINKING_MINIMAL,
  OCG_THINKING_LOW,
  OCG_THINKING_MEDIUM,
  OCG_THINKING_HIGH,
  OCG_THINKING_XHIGH,
  OCG_THINKING_ADAPTIVE,
} OcgThinking;

typedef enum
{
  OCG_TOOL_CHOICE_DEFAULT,
  OCG_TOOL_CHOICE_AUTO,
  OCG_TOOL_CHOICE_NONE,
  OCG_TOOL_CHOICE_REQUIRED,
  OCG_TOOL_CHOICE_NAMED,
} OcgToolChoice;

typedef struct
{
  int ref_count;

  char *system;        /* (nullable) */
  GPtrArray *messages; /* of OcgMessage, at least one */
  GPtrArray *tools;    /* of OcgTool */
  OcgToolChoice tool_choice;
  char *tool_choice_name; /* with OCG_TOOL_CHOICE_NAMED */
  char *format_name;      /* (nullable) response-format */
  char *format_schema;    /* (nullable) */
  gboolean format_strict;
  guint max_tokens;   /* 0: the model's default */
  double temperature; /* negative: not given */
  double top_p;       /* negative: not given */
  GStrv stop;         /* (nullable) */
  OcgThinking thinking;
  gboolean stream;     /* ask the provider to stream */
  gboolean has_stream; /* because the caller said so */
} OcgChat;

OcgChat *ocg_chat_new (void);
/* The same messages and tools, with options of its own. */
OcgChat *ocg_chat_copy (OcgChat *self);
OcgChat *ocg_chat_ref (OcgChat *self);
void ocg_chat_unref (OcgChat *self);

/* Whether there is an image in any message, results of tools included. */
gboolean ocg_chat_has_images (OcgChat *self);

OcgMessage *ocg_message_new (OcgRole role);
void ocg_message_free (OcgMessage *self);
OcgPart *ocg_part_new (OcgPartType type);
void ocg_part_free (OcgPart *self);
void ocg_tool_free (OcgTool *self);

/* "off", "minimal", ... FALSE for any other word. */
gboolean ocg_thinking_from_string (const char *word, OcgThinking *thinking);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgChat, ocg_chat_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgMessage, ocg_message_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgPart, ocg_part_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OcgTool, ocg_tool_free)
