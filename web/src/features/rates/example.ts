/** The columns of a package row, and a sheet with one: what the import asks for at least. */
const ROW = {
  hotel_name: "Example Bay",
  hotel_rating: "4",
  destination: "Zanzibar",
  room_type: "Standard",
  meal_plan: "HB",
  check_in_date: "2027-05-01",
  check_out_date: "2027-05-31",
  nights: "7",
  total_pps: "40000",
  total_single: "55000",
  total_child: "20000",
};

export const COLUMNS = Object.keys(ROW);

export const EXAMPLE = `data:text/csv;charset=utf-8,${encodeURIComponent(
  `${COLUMNS.join(",")}\r\n${Object.values(ROW).join(",")}\r\n`,
)}`;
