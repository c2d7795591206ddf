defmodule IEx.Helpers do
  @doc "Prints the messages in the mailbox of the shell, and takes them out."
  def flush do
    receive do
      message ->
        IO.inspect(message)
        flush()
    after
      0 -> :ok
    end
  end

  @doc "Gives the process of a number: `pid(0, 114, 0)` is the one that prints as `#PID<0.114.0>`."
  def pid(a, b, c), do: pid("#{a}.#{b}.#{c}")

  @doc "Gives the process of a number in a string: `pid(\"0.114.0\")`."
  def pid(text), do: :erlang.list_to_pid(String.to_charlist("<#{text}>"))

  @doc "Prints what a value is: its type, what can be told of it, and the modules that work on it."
  def i(), do: i(v(-1))

  def i(term) do
    IO.puts("Term\n  " <> indented(inspect(term, pretty: true)))

    for {heading, text} <- IEx.Info.about(term) do
      IO.puts(heading <> "\n  " <> indented(text))
    end

    quiet()
  end

  @doc "Prints what the shell can do; `h(Enum)`, `h(Enum.map)` and `h(Enum.map/2)` print what is known of a module or a function."
  defmacro h(), do: quote(do: IEx.Docs.welcome())

  defmacro h(subject) do
    {module, name, arity} = IEx.Docs.subject(subject, __CALLER__)
    quote(do: IEx.Docs.print(unquote(module), unquote(name), unquote(arity)))
  end

  @doc "Compiles files, or one, and gives the modules that they define."
  def c(files) do
    files
    |> List.wrap()
    |> Enum.flat_map(fn file ->
      unless File.regular?(file), do: raise(ArgumentError, "could not find files #{file}")
      for {module, _} <- Code.compile_file(file), do: module
    end)
  end

  @doc "Imports a module, if there is one of that name."
  defmacro import_if_available(module) do
    if Code.ensure_loaded?(Macro.expand(module, __CALLER__)) do
      quote(do: import(unquote(module)))
    end
  end

  @doc "Lists the functions of a module."
  def exports(module) do
    (module.__info__(:macros) ++ module.__info__(:functions))
    |> Enum.map(fn {name, arity} -> "#{name}/#{arity}" end)
    |> Enum.sort()
    |> columns()

    quiet()
  end

  @doc "Prints the directory in which files are looked for."
  def pwd do
    IO.puts(File.cwd!())
    quiet()
  end

  @doc "Lists the files of a directory."
  def ls(path \\ ".") do
    case File.ls(path) do
      {:ok, names} -> names |> Enum.sort() |> columns()
      {:error, _} -> IO.puts("No such file or directory #{path}")
    end

    quiet()
  end

  @doc "Clears the screen."
  def clear do
    IO.write("\e[H\e[2J")
    quiet()
  end

  @doc "Gives the value itself: what is printed by a helper takes the place of a result."
  def dont_display_result, do: quiet()

  defp quiet, do: :"do not show this result in output"

  defp indented(text), do: String.replace(text, "\n", "\n  ")

  defp columns(texts) do
    width = texts |> Enum.map(&String.length/1) |> Enum.max(fn -> 0 end) |> max(14)
    per_line = max(div(80, width + 2), 1)

    texts
    |> Enum.chunk_every(per_line)
    |> Enum.each(fn line -> IO.puts(Enum.map_join(line, &String.pad_trailing(&1, width + 2))) end)
  end
end

defmodule IEx.Info do
  @doc "Tells about a value: a list of headings, each with its text."
  def about(term) when is_binary(term), do: [{"Data type", "BitString"}, {"Byte size", "#{byte_size(term)}"} | text(term)] ++ modules(term)
  def about(term) when is_bitstring(term), do: [{"Data type", "BitString"}, {"Bits size", "#{bit_size(term)}"} | modules(term)]

  def about([_ | _] = term) do
    cond do
      Keyword.keyword?(term) ->
        [{"Data type", "List"}, {"Description", "A keyword list: a list of pairs, each with an atom first."} | modules(term)]

      List.ascii_printable?(term) ->
        [
          {"Data type", "List"},
          {"Description", "A charlist: a list of integers, all of which are printable characters."},
          {"Raw representation", inspect(term, charlists: :as_lists)}
        ] ++ modules(term)

      true ->
        [{"Data type", "List"} | modules(term)]
    end
  end

  def about(term) when is_pid(term) do
    info = Process.info(term) || []

    name =
      case info[:registered_name] do
        found when found in [nil, []] -> "not registered"
        found -> inspect(found)
      end

    links =
      case info[:links] do
        found when found in [nil, []] -> "none"
        found -> Enum.map_join(found, ", ", &inspect/1)
      end

    [
      {"Data type", "PID"},
      {"Alive", "#{Process.alive?(term)}"},
      {"Name", name},
      {"Links", links},
      {"Message queue length", "#{info[:message_queue_len] || 0}"},
      {"Description", "Use Process.info/1 to get more info about this process, and .mailbox to see its messages"}
    ] ++ modules(term)
  end

  def about(term) when is_function(term) do
    info = Function.info(term)
    [{"Data type", "Function"}, {"Type", "#{info[:type]}"}, {"Arity", "#{info[:arity]}"} | modules(term)]
  end

  def about(%struct{} = term) do
    [{"Data type", inspect(struct)}, {"Description", "This is a struct. Structs are maps with a __struct__ key."} | modules(term)]
  end

  def about(term), do: [{"Data type", type(term)} | modules(term)]

  defp text(term) do
    if String.printable?(term) do
      [
        {"Description", "A string: a UTF-8 encoded binary, all of whose characters are printable."},
        {"Raw representation", inspect(term, binaries: :as_binaries)}
      ]
    else
      [{"Description", "A binary: a collection of bytes that is no printable text."}]
    end
  end

  defp modules(term) do
    case reference(term) do
      [] -> []
      names -> [{"Reference modules", Enum.join(names, ", ")}]
    end ++ [{"Implemented protocols", Enum.join(protocols(term), ", ")}]
  end

  defp reference(%MapSet{}), do: ["MapSet"]
  defp reference(%struct{}), do: [inspect(struct), "Map"]

  defp reference(term) do
    cond do
      is_binary(term) and String.valid?(term) -> ["String", ":binary"]
      is_binary(term) -> [":binary"]
      is_pid(term) -> ["Process", "Node"]
      is_list(term) and Keyword.keyword?(term) and term != [] -> ["Keyword", "List"]
      is_function(term) or is_reference(term) -> []
      true -> [type(term)]
    end
  end

  defp protocols(term) do
    cond do
      is_list(term) -> ["Collectable", "Enumerable", "Inspect", "List.Chars", "String.Chars"]
      is_binary(term) -> ["Collectable", "Inspect", "List.Chars", "String.Chars"]
      is_bitstring(term) -> ["Collectable", "Inspect"]
      is_atom(term) or is_number(term) -> ["Inspect", "List.Chars", "String.Chars"]
      is_function(term) -> ["Enumerable", "Inspect"]
      is_struct(term, Range) -> ["Enumerable", "Inspect"]
      is_map(term) -> ["Collectable", "Enumerable", "Inspect"]
      true -> ["Inspect"]
    end
  end

  defp type(term) do
    cond do
      is_atom(term) -> "Atom"
      is_integer(term) -> "Integer"
      is_float(term) -> "Float"
      is_bitstring(term) -> "BitString"
      is_list(term) -> "List"
      is_tuple(term) -> "Tuple"
      is_map(term) -> "Map"
      is_reference(term) -> "Reference"
      true -> "Value of the Clojure notation"
    end
  end
end

defmodule IEx.Docs do
  @doc "Tells what `h` was asked about: a module, and of it a function, and of that a number of arguments; nil for what was left out."
  def subject({:/, _, [call, arity]}, env) when is_integer(arity), do: put_elem(subject(call, env), 2, arity)
  def subject({{:., _, [module, name]}, _, _}, env), do: {Macro.expand(module, env), name, nil}
  def subject({:__aliases__, _, _} = module, env), do: {Macro.expand(module, env), nil, nil}
  def subject({name, _, _}, _) when is_atom(name), do: {nil, name, nil}
  def subject(module, _), do: {module, nil, nil}

  @doc "Prints what is known of a module, or of its function."
  def print(module, nil, _) do
    if exists(module) do
      IO.puts("\n" <> centred(inspect(module)) <> "\n")
      IO.puts(about(module))
      IEx.Helpers.exports(module)
    else
      IO.puts("Could not load module #{inspect(module)}, got: nofile")
    end

    IEx.Helpers.dont_display_result()
  end

  def print(module, name, arity) do
    modules = if module, do: [module], else: [IEx.Helpers, Kernel, :"Elixir.Kernel.SpecialForms"]
    found = Enum.find_value(modules, [], fn m -> nonempty(functions(m, name, arity)) end)

    cond do
      found != [] -> Enum.each(found, fn {signature, doc} -> IO.puts("\n" <> centred(signature) <> "\n\n" <> doc <> "\n") end)
      module && not exists(module) -> IO.puts("Could not load module #{inspect(module)}, got: nofile")
      true -> IO.puts("No documentation for #{asked(module || Kernel, name, arity)} was found")
    end

    IEx.Helpers.dont_display_result()
  end

  @doc "Prints what the helpers are."
  def welcome do
    IO.puts("\n" <> centred("IEx.Helpers") <> "\n")
    IO.puts("Helpers for this shell, beside its own commands (.help lists them):\n")

    for name <- [:h, :i, :v, :flush, :pid, :c, :exports, :import_if_available, :ls, :pwd, :clear],
        {_, doc} <- functions(IEx.Helpers, name, nil) |> Enum.take(1) do
      IO.puts("  * " <> String.pad_trailing("#{name}", 20) <> " " <> first_line(doc))
    end

    IEx.Helpers.dont_display_result()
  end

  defp nonempty([]), do: nil
  defp nonempty(found), do: found

  defp asked(module, name, nil), do: "#{inspect(module)}.#{name}"
  defp asked(module, name, arity), do: "#{inspect(module)}.#{name}/#{arity}"

  defp first_line(doc), do: doc |> String.split("\n") |> hd()

  defp centred(text), do: String.duplicate(" ", max(div(80 - String.length(text), 2), 0)) <> text
end
