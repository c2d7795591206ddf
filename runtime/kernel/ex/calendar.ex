defmodule Date.Range do
  defstruct [:first, :last, :first_in_iso_days, :last_in_iso_days, :step]
end

defmodule Date do
  @doc "The days from first to last. Date.range(~D[2024-01-01], ~D[2024-01-03])"
  def range(first, last), do: range(first, last, if(Date.compare(first, last) == :gt, do: -1, else: 1))

  def range(first, last, step) do
    %Date.Range{first: first, last: last, first_in_iso_days: days(first), last_in_iso_days: days(last), step: step}
  end

  defp days(date), do: Date.diff(date, ~D[0000-01-01])

  @doc "The Monday of the week. Date.beginning_of_week(~D[2024-01-03]) #=> ~D[2024-01-01]"
  def beginning_of_week(date), do: Date.add(date, 1 - Date.day_of_week(date))

  @doc "The Sunday of the week. Date.end_of_week(~D[2024-01-03]) #=> ~D[2024-01-07]"
  def end_of_week(date), do: Date.add(date, 7 - Date.day_of_week(date))

  @doc "The quarter of the year, from 1. Date.quarter_of_year(~D[2024-05-01]) #=> 2"
  def quarter_of_year(date), do: div(date.month - 1, 3) + 1
end

defmodule Enumerable.Date.Range do
  def reduce(range, acc, fun), do: next(range.first_in_iso_days, range, acc, fun)

  defp next(_day, _range, {:halt, acc}, _fun), do: {:halted, acc}
  defp next(day, range, {:suspend, acc}, fun), do: {:suspended, acc, &next(day, range, &1, fun)}

  defp next(day, range, {:cont, acc}, fun) do
    if inside?(day, range) do
      next(day + range.step, range, fun.(Date.add(~D[0000-01-01], day), acc), fun)
    else
      {:done, acc}
    end
  end

  defp inside?(day, %{step: step, last_in_iso_days: last}) when step > 0, do: day <= last
  defp inside?(day, %{last_in_iso_days: last}), do: day >= last

  def count(%{first_in_iso_days: first, last_in_iso_days: last, step: step}) do
    {:ok, max(div(last - first, step) + 1, 0)}
  end

  def member?(range, %{__struct__: Date} = date) do
    day = Date.diff(date, ~D[0000-01-01])
    %{first_in_iso_days: first, last_in_iso_days: last, step: step} = range
    {:ok, day >= min(first, last) and day <= max(first, last) and rem(day - first, step) == 0}
  end

  def member?(_range, _other), do: {:ok, false}

  def slice(_range), do: {:error, __MODULE__}
end

defmodule Inspect.Date.Range do
  import Inspect.Algebra

  def inspect(range, opts) do
    ends = [to_doc(range.first, opts), ", ", to_doc(range.last, opts)]
    step = if range.step == 1, do: "", else: ", " <> Integer.to_string(range.step)
    concat(["Date.range(", concat(ends), step, ")"])
  end
end
