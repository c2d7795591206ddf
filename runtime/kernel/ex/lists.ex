# Erlang's lists, for which the function comes before the list. What Go does
# for Enum and List it does here.
defmodule :lists do
  @moduledoc "Functions of lists, with Erlang's order of arguments."

  @doc "What fun gives for each element. :lists.map(&(&1 * 2), [1, 2]) #=> [2, 4]"
  def map(fun, list), do: Enum.map(list, fun)

  @doc "The elements for which fun gives true. :lists.filter(&(&1 > 1), [1, 2]) #=> [2]"
  def filter(fun, list), do: Enum.filter(list, fun)

  @doc "Filters and maps: fun gives true, false or {true, value}."
  def filtermap(fun, list) do
    Enum.flat_map(list, fn x ->
      case fun.(x) do
        true -> [x]
        false -> []
        {true, y} -> [y]
      end
    end)
  end

  @doc "Calls fun with each element. :lists.foreach(&IO.puts/1, [1]) #=> :ok"
  def foreach(fun, list), do: Enum.each(list, fun)

  @doc "The elements of the lists that fun gives."
  def flatmap(fun, list), do: Enum.flat_map(list, fun)

  @doc "Reduces from the left. :lists.foldl(fn x, acc -> x + acc end, 0, [1, 2]) #=> 3"
  def foldl(fun, acc, list), do: List.foldl(list, acc, fun)

  @doc "Reduces from the right."
  def foldr(fun, acc, list), do: List.foldr(list, acc, fun)

  @doc "Maps and reduces from the left at once."
  def mapfoldl(fun, acc, list), do: Enum.map_reduce(list, acc, fun)

  @doc "Maps and reduces from the right at once."
  def mapfoldr(fun, acc, list) do
    {mapped, acc} = Enum.map_reduce(Enum.reverse(list), acc, fun)
    {Enum.reverse(mapped), acc}
  end

  @doc "Whether fun gives true for all elements."
  def all(fun, list), do: Enum.all?(list, fun)

  @doc "Whether fun gives true for an element."
  def any(fun, list), do: Enum.any?(list, fun)

  @doc "The elements before the first for which fun gives false."
  def takewhile(fun, list), do: Enum.take_while(list, fun)

  @doc "The elements from the first on for which fun gives false."
  def dropwhile(fun, list), do: Enum.drop_while(list, fun)

  @doc "What takewhile and dropwhile give."
  def splitwith(fun, list), do: Enum.split_while(list, fun)

  @doc "The elements for which fun gives true, and the others."
  def partition(fun, list), do: Enum.split_with(list, fun)

  @doc "{:value, the first element for which fun gives true}, or false."
  def search(fun, list) do
    case Enum.find_index(list, fun) do
      nil -> false
      index -> {:value, Enum.at(list, index)}
    end
  end

  @doc "Whether an element is in a list. :lists.member(1, [1]) #=> true"
  def member(x, list), do: Enum.member?(list, x)

  @doc "The sum of the numbers. :lists.sum([1, 2]) #=> 3"
  def sum(list), do: Enum.sum(list)

  @doc "The greatest element."
  def max([_ | _] = list), do: Enum.max(list)

  @doc "The least element."
  def min([_ | _] = list), do: Enum.min(list)

  @doc "The integers from one to another, by a step. :lists.seq(1, 3) #=> [1, 2, 3]"
  def seq(from, to, step \\ 1)
  def seq(from, to, step) when step > 0 and from - step <= to, do: Enum.to_list(from..to//step)
  def seq(from, to, step) when step < 0 and from - step >= to, do: Enum.to_list(from..to//step)

  @doc "Element n, from 1. :lists.nth(1, [:a]) #=> :a"
  def nth(1, [x | _]), do: x
  def nth(n, [_ | rest]) when is_integer(n) and n > 1, do: :lists.nth(n - 1, rest)

  @doc "What follows the first n elements."
  def nthtail(n, list) when is_integer(n) and n >= 0, do: Enum.drop(list, n)

  @doc "The last element."
  def last([_ | _] = list), do: List.last(list)

  @doc "The list without its last element."
  def droplast([_ | _] = list), do: Enum.drop(list, -1)

  @doc "The lists in a list put together. :lists.append([[1], [2]]) #=> [1, 2]"
  def append(lists), do: Enum.concat(lists)
  def append(first, second), do: first ++ second

  @doc "The texts and numbers of a list put together in a charlist."
  def concat(list), do: Enum.flat_map(list, &if(is_list(&1), do: &1, else: to_charlist(&1)))

  @doc "The elements of the lists in a list, at every depth."
  def flatten(list), do: List.flatten(list)
  def flatten(list, tail), do: List.flatten(list, tail)

  @doc "A list of n times x."
  def duplicate(n, x), do: List.duplicate(x, n)

  @doc "The list without the first element that equals x."
  def delete(x, list), do: List.delete(list, x)

  @doc "The first list without an element for each of the second."
  def subtract(first, second), do: first -- second

  @doc "The first n elements, or n of them from a place on, from 1."
  def sublist(list, n), do: Enum.take(list, n)
  def sublist(list, start, n), do: Enum.slice(list, start - 1, n)

  @doc "The first n elements, and the others."
  def split(n, list) when n <= length(list), do: Enum.split(list, n)

  @doc "Whether the second list begins with the first."
  def prefix(first, second), do: List.starts_with?(second, first)

  @doc "Whether the second list ends with the first."
  def suffix(first, second), do: List.starts_with?(Enum.reverse(second), Enum.reverse(first))

  @doc "The elements side by side in tuples; the lists must be of one length."
  def zip(first, second) when length(first) == length(second), do: Enum.zip(first, second)

  @doc "What fun gives for the elements side by side."
  def zipwith(fun, first, second) when length(first) == length(second), do: Enum.zip_with(first, second, fun)

  @doc "The first and the second elements of the tuples."
  def unzip(list), do: Enum.unzip(list)

  @doc "The elements with their places, from 1, in front."
  def enumerate(list), do: Enum.with_index(list, 1) |> Enum.map(fn {x, i} -> {i, x} end)

  @doc "The elements with x between."
  def join(x, list), do: Enum.intersperse(list, x)

  @doc "In order, by the order of terms or by a function. :lists.sort([2, 1]) #=> [1, 2]"
  def sort(list), do: Enum.sort(list)
  def sort(fun, list), do: Enum.sort(list, fun)

  @doc "In order, each element once. :lists.usort([2, 1, 2]) #=> [1, 2]"
  def usort(list), do: Enum.dedup(Enum.sort(list))

  @doc "Two lists that are in order put together in order."
  def merge(first, second), do: Enum.sort(first ++ second)

  @doc "In the order of element n of the tuples. :lists.keysort(1, [b: 1, a: 2]) #=> [a: 2, b: 1]"
  def keysort(n, list), do: List.keysort(list, n - 1)

  @doc "keysort in which each key occurs once."
  def ukeysort(n, list), do: Enum.dedup_by(List.keysort(list, n - 1), &elem(&1, n - 1))

  @doc "The first tuple whose element n is key, or false. :lists.keyfind(:a, 1, [a: 1]) #=> {:a, 1}"
  def keyfind(key, n, list), do: List.keyfind(list, key, n - 1, false)

  @doc "{:value, the first tuple whose element n is key}, or false."
  def keysearch(key, n, list) do
    case List.keyfind(list, key, n - 1) do
      nil -> false
      tuple -> {:value, tuple}
    end
  end

  @doc "Whether a tuple has key as element n."
  def keymember(key, n, list), do: List.keymember?(list, key, n - 1)

  @doc "The list without the first tuple whose element n is key."
  def keydelete(key, n, list), do: List.keydelete(list, key, n - 1)

  @doc "The list with a tuple for the first whose element n is key."
  def keyreplace(key, n, list, tuple), do: List.keyreplace(list, key, n - 1, tuple)

  @doc "keyreplace, or the tuple at the end."
  def keystore(key, n, list, tuple), do: List.keystore(list, key, n - 1, tuple)

  @doc "{:value, the first tuple whose element n is key, the list without it}, or false."
  def keytake(key, n, list) do
    case List.keytake(list, key, n - 1) do
      nil -> false
      {tuple, rest} -> {:value, tuple, rest}
    end
  end

  @doc "The list with what fun gives for element n of each tuple in its place."
  def keymap(fun, n, list), do: Enum.map(list, &put_elem(&1, n - 1, fun.(elem(&1, n - 1))))
end
