package runtime

import (
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

const modules = `# two modules
defmodule A.B do
  @moduledoc "About A.B."
  alias Foo.Bar
  defstruct [:x]

  @doc "Adds one."
  def inc(x) when is_integer(x), do: x + 1
  def inc(_), do: :error

  @doc """
  Two
  lines.
  """
  def two(x) do
    help(x)
  end

  defp help(x), do: x
  defmacro twice(x), do: quote(do: unquote(x))
end

defmodule :c do
  def two(x, y), do: {x, y}
end
`

func TestElixirLibraries(t *testing.T) {
	libs := ElixirLibraries(&lang.Source{Name: "x.ex", Text: modules, Library: true})
	if len(libs) != 2 || libs[0].Name != "A.B" || libs[1].Name != "c" {
		t.Fatalf("got %d libraries", len(libs))
	}
	for name, want := range map[string]Def{
		"inc":         {Head: "def", Line: 8, Doc: "\"Adds one.\"\n", Text: "  def inc(x) when is_integer(x), do: x + 1\n  def inc(_), do: :error\n\n"},
		"two":         {Head: "def", Line: 15, Doc: "\"\"\"\nTwo\nlines.\n\"\"\"\n", Text: "  def two(x) do\n    help(x)\n  end\n\n"},
		"help/":       {Head: "defp", Line: 19, Text: "  defp help(x), do: x\n"},
		"MACRO-twice": {Head: "defmacro", Line: 20, Text: "  defmacro twice(x), do: quote(do: unquote(x))\n"},
	} {
		d, ok := libs[0].Def(name)
		if !ok || d.Head != want.Head || d.Line != want.Line || d.Doc != want.Doc || d.Text != want.Text || !d.Elixir || d.Module != "A.B" {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if want := "  @moduledoc \"About A.B.\"\n  alias Foo.Bar\n  defstruct [:x]\n\n"; libs[0].Header != want {
		t.Errorf("header %q", libs[0].Header)
	}
}
