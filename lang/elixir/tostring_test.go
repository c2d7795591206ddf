package elixir

import (
	"strings"
	"testing"
)

// otherStrings are the texts that are written otherwise than by Elixir, which
// breaks lines by the places of arguments even where these are not known.
var otherStrings = map[string]bool{"foo.nil": true}

// TestToString compares with what Macro.to_string of Elixir 1.14.0 gives for
// the same texts.
func TestToString(t *testing.T) {
	texts, wants := records(t, "snippets.txt", "strings.txt")
	for i, text := range texts {
		if wants[i] == "" || otherStrings[text] || strings.HasPrefix(text, "defmodule A.B") {
			continue
		}
		forms, err := newReader(text).ReadAll()
		if err != nil {
			continue
		}
		if got := ToString(Block(forms)); got != wants[i] {
			t.Errorf("%q\n got %q\nwant %q", text, got, wants[i])
		}
	}
}
