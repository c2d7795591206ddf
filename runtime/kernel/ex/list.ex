defmodule List do
  @moduledoc "Functions of lists alone; those of all enumerables are in Enum."

  @doc "The list with what fun gives for the element at index in its place. List.update_at([1, 2], 0, &(&1 + 10)) #=> [11, 2]"
  def update_at(list, index, fun) when is_list(list) and is_function(fun, 1) and is_integer(index) do
    case Enum.fetch(list, index) do
      {:ok, value} -> List.replace_at(list, index, fun.(value))
      :error -> list
    end
  end

  @doc "The steps from one list to another: eq: elements of both, del: of the first, ins: of the second. List.myers_difference([1, 2], [2, 3]) #=> [del: [1], eq: [2], ins: [3]]"
  def myers_difference(list1, list2) when is_list(list1) and is_list(list2) do
    shortest([{0, list1, list2, []}])
  end

  # Each path is the diagonal it is on, what is left of the lists, and the
  # steps taken. All paths of as many steps are gone on with at once, so that
  # the first to reach the end is a shortest one.
  defp shortest(paths) do
    paths = Enum.map(paths, &along/1)

    case Enum.find(paths, fn {_, left, right, _} -> left == [] and right == [] end) do
      nil -> shortest(step_all(paths))
      {_, _, _, steps} -> grouped(steps, [])
    end
  end

  defp along({k, [x | left], [x | right], steps}), do: along({k, left, right, [{:eq, x} | steps]})
  defp along(path), do: path

  # On a diagonal the path that has come further is kept.
  defp step_all(paths) do
    paths
    |> Enum.flat_map(fn {k, left, right, steps} ->
      del = if left == [], do: [], else: [{k - 1, tl(left), right, [{:del, hd(left)} | steps]}]
      ins = if right == [], do: [], else: [{k + 1, left, tl(right), [{:ins, hd(right)} | steps]}]
      del ++ ins
    end)
    |> Enum.sort_by(fn {k, left, _, _} -> {k, length(left)} end)
    |> Enum.dedup_by(fn {k, _, _, _} -> k end)
  end

  defp grouped([], acc), do: acc
  defp grouped([{tag, x} | rest], [{tag, xs} | acc]), do: grouped(rest, [{tag, [x | xs]} | acc])
  defp grouped([{tag, x} | rest], acc), do: grouped(rest, [{tag, [x]} | acc])
end
