/** Names are drawn at random from these lists; a match with a living person is chance. */
export const givenNames = {
  female: ['Adaeze', 'Amara', 'Beatriz', 'Camille', 'Delphine', 'Eleanor', 'Fatima', 'Greta', 'Hanako', 'Imani', 'Josephine', 'Katarina', 'Leilani', 'Marisol', 'Nizhoni', 'Odessa', 'Priya', 'Quynh', 'Rosalind', 'Soledad', 'Tamsin', 'Ursula', 'Vivienne', 'Wilhelmina', 'Xiomara', 'Yesenia', 'Zuri'],
  male: ['Alasdair', 'Benicio', 'Cornelius', 'Dashiell', 'Emeka', 'Fabian', 'Gideon', 'Hiroshi', 'Ignacio', 'Jerome', 'Kaveh', 'Lorenzo', 'Mateo', 'Niall', 'Octavio', 'Parker', 'Quentin', 'Rashid', 'Santiago', 'Thaddeus', 'Umberto', 'Vikram', 'Wendell', 'Xavier', 'Yusuf', 'Zoltan'],
} as const;

export const familyNames = [
  'Achterberg', 'Begaye', 'Castellanos', 'Dunmore', 'Eastlake', 'Fairweather', 'Gutierrez', 'Hollingsworth', 'Ito', 'Jankowski', 'Kalani', 'Lindqvist', 'Montoya', 'Nakagawa', 'Okonkwo', 'Pemberton',
  'Quintero', 'Rasmussen', 'Sandoval', 'Tsosie', 'Underhill', 'Vasquez', 'Whitehorse', 'Xiong', 'Yarrow', 'Zielinski', 'Abernathy', 'Birdsong', 'Calloway', 'Delacroix', "O'Rourke", 'Nuñez',
] as const;

export const streets = ['Juniper Lane', 'Mesa Verde Drive', 'Sagebrush Court', 'Ocotillo Way', 'Old Mill Road', 'Painted Rock Avenue', 'Saguaro Street', 'Canyon View Road', 'Prickly Pear Lane', 'Main Street'] as const;

/** Towns that exist on no map, with postal codes of the state. */
export const towns = [
  { city: 'Cedar Mesa', state: 'AZ', postalCode: '86099', district: 'Juniper County' },
  { city: 'Red Bluff Springs', state: 'AZ', postalCode: '86098', district: 'Juniper County' },
  { city: 'Piñon Flat', state: 'AZ', postalCode: '86097', district: 'Juniper County' },
] as const;

export const employers = ['Cedar Mesa School District', 'Red Bluff Lumber', 'Juniper County Library', 'High Desert Growers', 'Canyon Transit', 'self-employed'] as const;

export const occupations = [
  { work: 'Elementary school teacher', industry: 'Elementary schools' },
  { work: 'Carpenter', industry: 'Residential construction' },
  { work: 'Bus driver', industry: 'Urban transit' },
  { work: 'Bookkeeper', industry: 'Accounting services' },
  { work: 'Farm supervisor', industry: 'Vegetable farming' },
  { work: 'Software tester', industry: 'Computer systems design' },
] as const;
