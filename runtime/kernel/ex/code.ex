defmodule Code do
  @moduledoc "Texts and quoted forms, read and evaluated."

  @doc "Evaluates a file: the value of its last expression and the variables behind it."
  def eval_file(file), do: Code.eval_string(File.read!(file), [], file: file)

  @doc "Evaluates a file for what it defines: its modules, each with a binary that stands for its bytecode."
  def require_file(file), do: Code.compile_file(file)

  @doc "Evaluates a file for what it defines: its modules, each with a binary that stands for its bytecode."
  def compile_file(file), do: Code.compile_string(File.read!(file), file)

  @doc "Evaluates a text for what it defines: its modules, each with a binary that stands for its bytecode."
  def compile_string(string, file \\ "nofile") do
    Code.eval_string(string, [], file: file)
    for module <- defined(Code.string_to_quoted!(string)), do: {module, "FOR1"}
  end

  defp defined({:__block__, _, forms}), do: Enum.flat_map(forms, &defined/1)
  defp defined({:defmodule, _, [{:__aliases__, _, parts} | _]}), do: [Module.concat(parts)]
  defp defined({:defmodule, _, [module | _]}) when is_atom(module), do: [module]
  defp defined(_), do: []
end
