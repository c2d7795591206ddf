defmodule Explore do
  @moduledoc "Finds everything that a function can come to: every value, error, deadlock and leak, each with a schedule that leads there."

  @doc "Gives all that fun can come to, as a map with :exhaustive, :executions, :behaviours and :outcomes; options are those of Explore.call. Explore.run(fn -> 1 end).behaviours #=> 1"
  def run(fun, options \\ []) when is_function(fun, 0), do: call(fun, Map.new(options))

  @doc "The outcomes of a result: values, and for what is no value its kind, such as :deadlock. Explore.outcomes(Explore.run(fn -> 1 end)) #=> [1]"
  def outcomes(%{outcomes: outcomes}) do
    outcomes
    |> Enum.map(fn outcome -> if outcome.kind == :value, do: outcome.value, else: outcome.kind end)
    |> Enum.uniq()
    |> Enum.sort()
  end

  @doc "Explores two functions, and gives the outcomes that only one of them has, and those of both. Explore.compare(fn -> 1 end, fn -> 2 end) #=> %{both: [], only_first: [1], only_second: [2]}"
  def compare(first, second) do
    a = outcomes(run(first))
    b = outcomes(run(second))
    %{only_first: a -- b, only_second: b -- a, both: Enum.filter(a, &(&1 in b))}
  end

  @doc "Whether the outcomes of fun are exactly those of a list, all of them, proven. Explore.explores_to?(fn -> 1 end, [1]) #=> true"
  def explores_to?(fun, expected) do
    result = run(fun)
    result.exhaustive and outcomes(result) == Enum.sort(Enum.uniq(expected))
  end
end
