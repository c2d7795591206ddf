defmodule Code do
  @moduledoc "Texts and quoted forms, read and evaluated."

  @doc "Evaluates a file: the value of its last expression and the variables behind it."
  def eval_file(file), do: Code.eval_string(File.read!(file), [], file: file)

  @doc "Evaluates a file for what it defines."
  def require_file(file) do
    Code.eval_file(file)
    []
  end

  @doc "Evaluates a text for what it defines."
  def compile_string(string, file \\ "nofile") do
    Code.eval_string(string, [], file: file)
    []
  end
end
