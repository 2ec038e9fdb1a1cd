/** SMART App Launch 2.2, "Styling": Salus's own look. A change of content needs a new address, so apps may cache it. */
export const SMART_STYLE = {
  color_background: '#fbfaf8',
  color_error: '#b3261e',
  color_highlight: '#0f6e6e',
  color_modal_backdrop: 'rgba(16, 32, 32, 0.45)',
  color_success: '#2b7a3d',
  color_text: '#1b2524',
  dim_border_radius: '6px',
  dim_font_size: '16px',
  dim_spacing_size: '20px',
  font_family_body: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  font_family_heading: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
} as const;
