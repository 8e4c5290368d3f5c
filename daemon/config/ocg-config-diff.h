#pragma once
#include <json-glib/json-glib.h>
GStrv ocg_config_diff (JsonNode *before, JsonNode *after, const char *top);
