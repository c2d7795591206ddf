# Records what the real Elixir gives: elixir record.exs FILE... turns each
# FILE, a golden one or one expression a line, into a golden file on stdout.
for file <- System.argv(), line <- File.stream!(file), not String.starts_with?(line, "\t") do
  line = String.trim_trailing(line, "\n")

  if line != "" do
    answer =
      try do
        {value, _} = Code.eval_string("require Integer\n" <> line)
        inspect(value, limit: :infinity)
      catch
        kind, reason ->
          {blamed, _} = Exception.blame(kind, reason, __STACKTRACE__)
          banner = Exception.format_banner(kind, blamed, __STACKTRACE__)

          # As iex does, what stands below the banner of this one is indented.
          case blamed do
            %FunctionClauseError{} ->
              first = Exception.format_banner(kind, reason, __STACKTRACE__)
              below = banner |> String.replace_prefix(first, "") |> String.split("\nAttempted function") |> hd()
              first <> "    " <> String.replace(below, "\n", "\n    ")

            _ ->
              banner
          end
      end

    # What a world of our own does not know: the clauses of the library, the
    # numbers of functions, the version of OTP.
    answer = answer |> String.split("\nAttempted function clauses") |> hd()
    answer = Regex.replace(~r/#Function<\d+\.\d+/, answer, "#Function<")
    answer = Regex.replace(~r/\(\w+ \d+\.[\d.]+\) /, answer, "")
    IO.puts(line)
    IO.puts("\t" <> String.replace(answer, "\n", "\n\t"))
  end
end
