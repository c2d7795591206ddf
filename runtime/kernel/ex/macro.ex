defmodule Macro do
  @moduledoc "Quoted forms: what code is to macros."

  @doc "Goes through a quoted form: pre before the parts of a node, post behind them, with an accumulator. Macro.traverse({:a, [], []}, 0, fn n, k -> {n, k + 1} end, fn n, k -> {n, k} end)"
  def traverse(ast, acc, pre, post) when is_function(pre, 2) and is_function(post, 2) do
    {ast, acc} = pre.(ast, acc)
    parts(ast, acc, pre, post)
  end

  defp parts({form, meta, args}, acc, pre, post) do
    {form, acc} = if is_atom(form), do: {form, acc}, else: Macro.traverse(form, acc, pre, post)
    {args, acc} = if is_atom(args), do: {args, acc}, else: each(args, acc, pre, post)
    post.({form, meta, args}, acc)
  end

  defp parts({left, right}, acc, pre, post) do
    {left, acc} = Macro.traverse(left, acc, pre, post)
    {right, acc} = Macro.traverse(right, acc, pre, post)
    post.({left, right}, acc)
  end

  defp parts(list, acc, pre, post) when is_list(list) do
    {list, acc} = each(list, acc, pre, post)
    post.(list, acc)
  end

  defp parts(other, acc, _pre, post), do: post.(other, acc)

  defp each(args, acc, pre, post) when is_list(args) do
    :lists.mapfoldl(fn x, acc -> Macro.traverse(x, acc, pre, post) end, acc, args)
  end

  @doc "Prints where dbg stands, and each piece of code with its value; gives the last value."
  def __dbg__(place, steps, options) do
    options = Keyword.merge([width: 80, pretty: true], options)
    lines = Enum.map(steps, fn {code, value} -> [code, " #=> ", inspect(value, options), "\n"] end)
    IO.write(["[", place, "]\n", lines, "\n"])
    elem(List.last(steps), 1)
  end

  @doc "A quoted form whose nodes are changed from the outermost on. Macro.prewalk([1], fn 1 -> 2; x -> x end) #=> [2]"
  def prewalk(ast, fun) when is_function(fun, 1) do
    elem(Macro.prewalk(ast, nil, fn x, nil -> {fun.(x), nil} end), 0)
  end

  def prewalk(ast, acc, fun) when is_function(fun, 2) do
    Macro.traverse(ast, acc, fun, fn x, a -> {x, a} end)
  end

  @doc "A quoted form whose nodes are changed from the innermost on. Macro.postwalk([1], fn 1 -> 2; x -> x end) #=> [2]"
  def postwalk(ast, fun) when is_function(fun, 1) do
    elem(Macro.postwalk(ast, nil, fn x, nil -> {fun.(x), nil} end), 0)
  end

  def postwalk(ast, acc, fun) when is_function(fun, 2) do
    Macro.traverse(ast, acc, fn x, a -> {x, a} end, fun)
  end

  @doc "The nodes of a quoted form, the outermost first. Macro.prewalker([1]) #=> [[1], 1]"
  def prewalker(ast), do: :lists.reverse(elem(Macro.prewalk(ast, [], fn x, acc -> {x, [x | acc]} end), 1))

  @doc "The nodes of a quoted form, the innermost first. Macro.postwalker([1]) #=> [1, [1]]"
  def postwalker(ast), do: :lists.reverse(elem(Macro.postwalk(ast, [], fn x, acc -> {x, [x | acc]} end), 1))

  @doc "The nodes from one for which fun is true up to the whole, or nil. Macro.path([1], &(&1 == 1)) #=> [1, [1]]"
  def path(ast, fun) when is_function(fun, 1), do: path_to(ast, [], fun)

  defp path_to(node, above, fun) do
    if fun.(node), do: [node | above], else: path_in(inside(node), [node | above], fun)
  end

  defp path_in([], _above, _fun), do: nil
  defp path_in([node | rest], above, fun), do: path_to(node, above, fun) || path_in(rest, above, fun)

  defp inside({form, _, args}) when is_atom(form) and is_list(args), do: args
  defp inside({form, _, args}) when is_list(args), do: [form | args]
  defp inside({_, _, _}), do: []
  defp inside({left, right}), do: [left, right]
  defp inside(list) when is_list(list), do: list
  defp inside(_), do: []

  @doc "A node with its metadata changed. Macro.update_meta({:a, [], nil}, fn _ -> [line: 1] end) #=> {:a, [line: 1], nil}"
  def update_meta({left, meta, right}, fun) when is_list(meta), do: {left, fun.(meta), right}
  def update_meta(other, _fun), do: other

  @doc "The text of a quoted form, each part of which fun may change."
  def to_string(ast, fun) when is_function(fun, 2), do: fun.(ast, Macro.to_string(ast))

  @doc "The default of a struct, known while compiling."
  def struct!(module, _env) when is_atom(module), do: module.__struct__()
end

defmodule Macro.Env do
  @moduledoc "What is known at a place in a program: __ENV__ and __CALLER__."

  @doc "The file and the line. Macro.Env.location(__ENV__) #=> [file: \"nofile\", line: 1]"
  def location(env), do: [file: env.file, line: env.line]

  @doc "Whether the place is in a guard."
  def in_guard?(env), do: env.context == :guard

  @doc "Whether the place is in a pattern."
  def in_match?(env), do: env.context == :match
end
