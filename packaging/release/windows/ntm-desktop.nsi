; The setup program for Windows: for one user, without administrator rights. `package windows` hands in what is defined
; on the command line: FOLDER (holds `app`), VERSION, OUT, KILOBYTES. Only `app` is ever removed with all that is in
; it: what somebody put beside it stays.

Unicode true
Target amd64-unicode
!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh

!define NAME "Hồ sơ nông thôn mới"
!define PYTHON "$INSTDIR\app\python\pythonw.exe"
!define ICON "$INSTDIR\app\ntm-desktop.ico"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\NTMDesktop"
!define CLASSES "Software\Classes"
!define OLDEST_BUILD 17763 ; Windows 10, version 1809: older ones lack what Qt needs

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\NTM Desktop"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 32
SetOverwrite on
AllowSkipFiles off
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "NTM Desktop ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1066 "ProductName" "NTM Desktop"
VIAddVersionKey /LANG=1066 "FileDescription" "Cài đặt ${NAME}"
VIAddVersionKey /LANG=1066 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1066 "LegalCopyright" "Apache-2.0"

; ---------------------------------------------------------------- what is asked and told

!define MUI_ICON "${FOLDER}/app/ntm-desktop.ico"
!define MUI_UNICON "${FOLDER}/app/ntm-desktop.ico"
!define MUI_WELCOMEPAGE_TITLE "Cài đặt ${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "Cài cho người đang dùng máy này, không cần quyền quản trị và không cần mạng. Mất khoảng một phút.$\r$\n$\r$\nNơi cài: $INSTDIR$\r$\n$\r$\nKho hồ sơ đã có trên máy được giữ nguyên. Bản cũ của phần mềm được thay khi bản mới đã chép xong.$\r$\n$\r$\nBấm “Cài đặt” để bắt đầu."
!define MUI_FINISHPAGE_TITLE "Đã cài xong ${NAME}"
!define MUI_FINISHPAGE_TEXT "Mở phần mềm từ biểu tượng “${NAME}” trên màn hình hoặc trong menu Start.$\r$\n$\r$\nBấm đúp vào tệp .asice để xác minh hồ sơ."
!define MUI_FINISHPAGE_RUN "${PYTHON}"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-m ntm_desktop"
!define MUI_FINISHPAGE_RUN_TEXT "&Mở phần mềm ngay"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Gỡ phần mềm khỏi máy này. Kho hồ sơ, bản sao và thiết lập được giữ nguyên; cài lại là dùng tiếp được."

!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_HEADER_TEXT "Đang cài đặt"
!define MUI_PAGE_HEADER_SUBTEXT "Đang chép ${NAME} ${VERSION} vào máy."
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Đã cài xong"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "Phần mềm đã sẵn sàng."
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "Chưa cài được"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "Bản đang có trên máy và kho hồ sơ vẫn nguyên."
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_PAGE_HEADER_SUBTEXT "Kho hồ sơ được giữ nguyên."
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_PAGE_HEADER_SUBTEXT "Đang gỡ phần mềm; kho hồ sơ được giữ nguyên."
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

; ---------------------------------------------------------------- the kinds of files

; Another program that already opens such files keeps them; ours is then offered under "Open with".
!macro Open SUFFIX KIND WORDS
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "${WORDS}"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "${ICON},0"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"${PYTHON}" -m ntm_desktop open "%1"'
  WriteRegStr HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${KIND}" ""
  ReadRegStr $0 HKCR "${SUFFIX}" ""
  ${If} $0 == ""
    WriteRegStr HKCU "${CLASSES}\${SUFFIX}" "" "${KIND}"
  ${EndIf}
!macroend

!macro Forget SUFFIX KIND WORDS
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  DeleteRegValue HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids" "${KIND}"
  ReadRegStr $0 HKCU "${CLASSES}\${SUFFIX}" ""
  ${If} $0 == "${KIND}"
    DeleteRegValue HKCU "${CLASSES}\${SUFFIX}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${SUFFIX}"
!macroend

!macro EveryKind DO
  !insertmacro ${DO} ".asice" "NTMDesktop.Dossier" "Hồ sơ đã ký"
  !insertmacro ${DO} ".ntmbackup" "NTMDesktop.Copy" "Bản sao của kho"
  !insertmacro ${DO} ".ntmpack" "NTMDesktop.Pack" "Gói tiêu chí"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; the icons are drawn anew
!macroend

; Put the program that is there aside. While it runs Windows does not let go of its folder.
!macro PutAside CONSEQUENCE
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\app\*.*"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    Rename "$INSTDIR\app" "$INSTDIR\app.old"
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Phần mềm đang mở.$\r$\n$\r$\nĐóng mọi cửa sổ của ${NAME} rồi bấm “Thử lại”. ${CONSEQUENCE}" /SD IDCANCEL IDRETRY +4
    RMDir /r "$INSTDIR\app.new"
    SetErrorLevel 3
    Abort "Phần mềm đang mở. ${CONSEQUENCE}"
  ${Loop}
!macroend

; ---------------------------------------------------------------- installing

Function .onInit
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "Cần Windows 10 bản 1809 trở lên. Máy này dùng Windows cũ hơn, chưa chép gì vào máy." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
FunctionEnd

Section "Install"
  SetOutPath "$INSTDIR"
  ${If} ${FileExists} "$INSTDIR\app.old\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\app\*.*"
    Rename "$INSTDIR\app.old" "$INSTDIR\app" ; an installation was cut off between its two renames
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
  SetOutPath "$INSTDIR\app.new"
  File /r "${FOLDER}/app/*.*"
  SetOutPath "$INSTDIR"
  !insertmacro PutAside "Bản cũ vẫn nguyên."
  ClearErrors
  Rename "$INSTDIR\app.new" "$INSTDIR\app"
  ${If} ${Errors}
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
    SetErrorLevel 3
    Abort "Windows không cho đổi tên thư mục. Bản cũ vẫn nguyên."
  ${EndIf}
  RMDir /r "$INSTDIR\app.old"

  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "${PYTHON}" "-m ntm_desktop" "${ICON}" 0 SW_SHOWNORMAL "" "Lập, kiểm tra, ký và xác minh hồ sơ"
  CreateShortCut "$DESKTOP\${NAME}.lnk" "${PYTHON}" "-m ntm_desktop" "${ICON}" 0 SW_SHOWNORMAL "" "Lập, kiểm tra, ký và xác minh hồ sơ"
  !insertmacro EveryKind Open
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "${ICON}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "NTM Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; ---------------------------------------------------------------- removing

Section "Uninstall"
  SetOutPath "$TEMP" ; the folder that one stands in cannot go
  RMDir /r "$INSTDIR\app.old"
  !insertmacro PutAside "Chưa gỡ gì cả."
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  !insertmacro EveryKind Forget
  DeleteRegKey HKCU "${UNINSTALL}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when nothing else lies in it
SectionEnd
